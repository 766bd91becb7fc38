"""What an attacker and a busy Monday do to Zeren (攻击): `make attack` does it again, on 127.0.0.1, within ten minutes.

One file a kind of attack; each has a function of seconds that yields rows. `docs/reliability.md` keeps the table.
"""
