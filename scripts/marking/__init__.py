"""Grades a folder of submitted notebooks: answers run in a closed process, and their tests in another one."""
