"""A small Hub for demo, notebook and tests.

It holds one model and the dataset its card names. The facts are those of the real repositories; the words are
ours, and people, revisions, dates and numbers of downloads are invented.
"""
