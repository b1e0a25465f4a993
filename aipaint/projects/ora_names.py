"""Names inside an .ora file that reading and writing share."""

MIMETYPE = "image/openraster"
STACK = "stack.xml"
MERGED = "mergedimage.png"
THUMBNAIL = "Thumbnails/thumbnail.png"
DOCUMENT = "aipaint/document.json"
MASK = "aipaint/mask{}.png"

JOINED = "aipaint-joined"
"""Attribute of a <stack> that is one layer of ours, too spread out for one picture."""
