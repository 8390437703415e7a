"""What offices have, read into the library: Word, Excel, web pages, texts, and our own exports.

A reader for each format gives the file's paragraphs and tables (``source``); one reading (``reading``) makes sheets of
them, with a doubt wherever it had to choose and a list of what found no place. Nothing here writes anything;
``sop.importing.drafting`` does, once a person has looked.
"""
