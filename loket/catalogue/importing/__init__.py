"""Importing a catalogue from CSV files: rows in, a plan out; nothing here reads or writes a file.

``mapping`` says which file and column is which of ours, ``reading`` makes rows of bytes, ``cells``
makes values of text, ``kinds`` lists what can be imported, ``checks`` looks at all of it together,
``planning`` compares it with what there is.
"""
