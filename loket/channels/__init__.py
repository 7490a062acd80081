"""Towards the outside: mail, text messages, calendar items; knows no database and no town hall."""
