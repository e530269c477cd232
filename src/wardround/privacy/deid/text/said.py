"""Words that figures, signs and addresses are spoken with."""

FIGURES = frozenset(
    "zero oh o one two three four five six seven eight nine niner ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple".split()
)
JOINS = frozenset("dot point dash hyphen underscore slash backslash colon plus tilde".split())
MORE = frozenset("forward double triple back sign score".split())
"""Words beside a join that belong to it: "forward slash", "double slash", "under score"."""
SIGNS = frozenset("?=&/_-.~#%+@:\\")
FUNCTION = frozenset(
    "is was are be it's its that's to at me on use used send sent reach via by from the and or as him her my his their your our says said try write cc "
    "saw see visit called named about for us them you in of through with came got into reads that this so yes no has have comma period semicolon colon "
    "uh um went go goes check follow join click under am not should an he she they we then who whose okay".split()
)
"""Words that are no part of an address or of a file's name."""
STOPS = FUNCTION | frozenset(
    "email e-mail mail address contact old new work home personal confirmed correct website site page link online portal url web file image photo picture selfie "
    "access ip host server sign-in login paragraph video fundraiser a i".split()
)
"""Words that announce one as well."""
ENDINGS = frozenset(
    "com org net edu gov mil co us io health info uk biz me blog app tv ca au de link page clinic online cloud care ai dev site".split()
)
FILES = frozenset(
    "jpg jpeg jpag png heic heif tif tiff bmp gif webp raw mp4 mp mov avi pdf dcm dicom doc docx wav mp3 mpeg m4a zip csv txt xls xlsx".split()
)
UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
