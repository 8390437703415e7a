"""A whole office as open files: written out of one installation, proved without any, brought into another one.

What lies in it is said in ``reading_aids/BACA-SAYA.txt``, which goes along.
"""
