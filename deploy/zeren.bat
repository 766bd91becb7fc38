@echo off
rem Starts the site on Windows: double-click, then open http://127.0.0.1:8000 . Closing the window stops it.
rem Zeren is installed in the folder "python" beside this file (docs/installing.md); the library is in "library" beside it.
cd /d "%~dp0"
set PYTHONUTF8=1
set ZEREN_STORE=%~dp0library
rem The names by which colleagues reach it, parted by blanks, and the address to listen on:
rem set ZEREN_NAME=zeren.example.cn
python\Scripts\zeren.exe serve --host 127.0.0.1 --port 8000
if errorlevel 1 pause
