"""The store on SQLite (一个文件夹的文件库). Start at store.py."""
