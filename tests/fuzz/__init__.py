"""Fuzzing (模糊测试) of the readers and of the whole parse: `make fuzz`.

`seeds` are files that offices' programs wrote and nasty ones; `mutate` damages them; `child` reads one in a process of
its own and says what went wrong; `runner` feeds it; `keep` makes what broke it small and keeps it in `crashers/`.
"""
