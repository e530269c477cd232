"""What the gate network says of an image: whether anything is wrong with it, and which kind.

The order is that of the model's output ``gate``: first whether there is any fault, then the kinds.
"""

ANY = 0
KINDS = (
    "noise",
    "inversion",
    "rotation",
    "flip",
    "crop",
    "blur",
    "wrong body part",
    "colour photo",
    "duplicated half",
)
SAYS = {
    "noise": "The image is mostly noise.",
    "inversion": "Black and white seem to be exchanged.",
    "rotation": "The image seems to be turned.",
    "flip": "Left and right seem to be exchanged: the heart lies on the wrong side.",
    "crop": "A part of the lungs seems to be cut off.",
    "blur": "The image is too blurred to judge.",
    "wrong body part": "This does not look like a chest X-ray.",
    "colour photo": "This does not look like an X-ray.",
    "duplicated half": "One half of the image seems to be a copy of the other.",
}
