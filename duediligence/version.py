"""The version of this program, as memos and events name it."""

VERSION = "0.1.0"
