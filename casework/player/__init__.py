"""The player's hosts: a live notebook (`widget`) and a page of the book (`page`), around one JavaScript file."""
