"""Arrays in, arrays out: tiles, dabs, strokes, blending, codecs, local inpainting."""
