"""Names of medicines in running text, and the classes that an allergy covers.

A medicine is known by the stem that its international nonproprietary name carries (WHO, The use of
stems in the selection of INN, 2018), or from a list of common names that carry none. The classes
are those whose members share an allergy warning in their labels.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from wardround.capabilities.documentation.reading.review import vocabulary

_STEM = re.compile(
    r"[a-z]{2,}(?:pril|sartan|statin|olol|dipine|prazole|conazole|nidazole|bendazole|cillin|mycin|"
    r"micin|floxacin|cycline|ciclovir|cyclovir|[vtn]avir|buvir|previr|tegravir|mab|[aeiou]tinib|"
    r"rafenib|ciclib|gliptin|gliflozin|glutide|natide|tidine|triptan|setron|azepam|azolam|profen|"
    r"oxicam|coxib|asone|isone|isolone|olone|onide|terol|tropium|clidinium|parin|xaban|gatran|"
    r"thiazide|semide|lukast|dronate|dronic|barbital|oxetine|triptyline|pramine|azapine|tiapine|"
    r"peridone|piprazole|azine|formin|glitazone|fibrate|penem|bactam|gabalin|gepant|zosin|steride|"
    r"afil|tadine|trizine|caine|platin|taxel|rubicin|codone|morphone|fentanil|fentanyl|naloxone|"
    r"trexate|prine|ximab|zumab|limus|dopa|giline|nezumab|zepam|zolam|citalopram|faxine|"
    r"thromycin|dryl|quine|stigmine|curium|curonium|methasone|sulfate|stim|poetin)s?"
    r"|(?:cef|ceph|sulfa)[a-z]{4,}"
)
_NO_MEDICINES = vocabulary("cephalad cephalic cholesterol cholesterols cocaine magazine magazines")
_GENERICS = vocabulary(
    """acetaminophen acyclovir albuterol alendronate allopurinol amiodarone amphetamine apixaban
    aspirin azathioprine baclofen benzonatate bisacodyl budesonide bupropion buspirone carbamazepine
    cetirizine clonidine clopidogrel codeine colchicine cyclobenzaprine dapsone dextromethorphan
    diclofenac digoxin diphenhydramine docusate donepezil doxycycline duloxetine empagliflozin
    epinephrine estradiol ezetimibe fentanyl finasteride furosemide gabapentin glimepiride glipizide
    glyburide guaifenesin heparin hydralazine hydrochlorothiazide hydroxychloroquine hydroxyzine
    ibuprofen indomethacin insulin ipratropium isotretinoin ketorolac labetalol lamotrigine
    levetiracetam levothyroxine lidocaine linagliptin lithium loperamide loratadine lorazepam
    meclizine melatonin memantine meloxicam metformin methadone methocarbamol methotrexate
    methylphenidate metoclopramide metolazone metronidazole minoxidil mirtazapine morphine naproxen
    nitrofurantoin nitroglycerin nystatin ondansetron oxybutynin oxycodone oxycontin paracetamol
    phenytoin pioglitazone prednisone prednisolone pregabalin promethazine pseudoephedrine
    ranitidine senna sertraline sildenafil spironolactone sucralfate sulfamethoxazole sulfasalazine
    tamoxifen tamsulosin ticagrelor tizanidine tolterodine topiramate tramadol trazodone tretinoin
    triamcinolone trimethoprim valacyclovir valproate vancomycin varenicline verapamil vortioxetine
    warfarin zolpidem penicillin ketamine magnesium methimazole propylthiouracil
    tirzepatide semaglutide diltiazem nifedipine vilanterol umeclidinium bumetanide torsemide
    sacubitril ivabradine ranolazine dabigatran edoxaban prasugrel cilostazol tamoxifen anastrozole
    letrozole finerenone famotidine rivaroxaban testosterone progesterone medroxyprogesterone
    levonorgestrel etonogestrel"""
)
_BRANDS = {
    "advil": "ibuprofen",
    "motrin": "ibuprofen",
    "aleve": "naproxen",
    "naprosyn": "naproxen",
    "tylenol": "acetaminophen",
    "paracetamol": "acetaminophen",
    "lasix": "furosemide",
    "bumex": "bumetanide",
    "coumadin": "warfarin",
    "eliquis": "apixaban",
    "xarelto": "rivaroxaban",
    "plavix": "clopidogrel",
    "lipitor": "atorvastatin",
    "crestor": "rosuvastatin",
    "zocor": "simvastatin",
    "norvasc": "amlodipine",
    "zestril": "lisinopril",
    "prinivil": "lisinopril",
    "cozaar": "losartan",
    "diovan": "valsartan",
    "toprol": "metoprolol",
    "lopressor": "metoprolol",
    "coreg": "carvedilol",
    "glucophage": "metformin",
    "jardiance": "empagliflozin",
    "farxiga": "dapagliflozin",
    "januvia": "sitagliptin",
    "ozempic": "semaglutide",
    "wegovy": "semaglutide",
    "trulicity": "dulaglutide",
    "mounjaro": "tirzepatide",
    "lantus": "insulin",
    "humalog": "insulin",
    "novolog": "insulin",
    "synthroid": "levothyroxine",
    "prozac": "fluoxetine",
    "zoloft": "sertraline",
    "lexapro": "escitalopram",
    "celexa": "citalopram",
    "paxil": "paroxetine",
    "wellbutrin": "bupropion",
    "effexor": "venlafaxine",
    "cymbalta": "duloxetine",
    "xanax": "alprazolam",
    "ativan": "lorazepam",
    "valium": "diazepam",
    "klonopin": "clonazepam",
    "ambien": "zolpidem",
    "neurontin": "gabapentin",
    "lyrica": "pregabalin",
    "topamax": "topiramate",
    "keppra": "levetiracetam",
    "imitrex": "sumatriptan",
    "benadryl": "diphenhydramine",
    "zyrtec": "cetirizine",
    "claritin": "loratadine",
    "allegra": "fexofenadine",
    "flonase": "fluticasone",
    "advair": "fluticasone",
    "symbicort": "budesonide",
    "proair": "albuterol",
    "ventolin": "albuterol",
    "salbutamol": "albuterol",
    "singulair": "montelukast",
    "augmentin": "amoxicillin",
    "amoxil": "amoxicillin",
    "zithromax": "azithromycin",
    "bactrim": "sulfamethoxazole",
    "septra": "sulfamethoxazole",
    "keflex": "cephalexin",
    "cipro": "ciprofloxacin",
    "levaquin": "levofloxacin",
    "flagyl": "metronidazole",
    "diflucan": "fluconazole",
    "nexium": "esomeprazole",
    "prilosec": "omeprazole",
    "protonix": "pantoprazole",
    "prevacid": "lansoprazole",
    "pepcid": "famotidine",
    "zantac": "ranitidine",
    "zofran": "ondansetron",
    "reglan": "metoclopramide",
    "percocet": "oxycodone",
    "vicodin": "hydrocodone",
    "norco": "hydrocodone",
    "ultram": "tramadol",
    "flexeril": "cyclobenzaprine",
    "mobic": "meloxicam",
    "celebrex": "celecoxib",
    "voltaren": "diclofenac",
    "toradol": "ketorolac",
    "humira": "adalimumab",
    "enbrel": "etanercept",
    "remicade": "infliximab",
    "flomax": "tamsulosin",
    "viagra": "sildenafil",
    "cialis": "tadalafil",
    "excedrin": "aspirin",
}
_CLASSES: dict[str, tuple[str, str]] = {
    "penicillins": (r"[a-z]*cillin|augmentin|amoxil|zosyn|unasyn", r"penicillin|[a-z]*cillin"),
    "cephalosporins": (r"(?:cef|ceph)[a-z]{4,}|keflex", r"cephalosporin|(?:cef|ceph)[a-z]{4,}"),
    "sulfonamide antibiotics": (
        r"sulfa[a-z]*|co-trimoxazole|cotrimoxazole|bactrim|septra",
        r"sulfa|sulfonamide|sulfa[a-z]+|bactrim|septra|co-?trimoxazole",
    ),
    "macrolides": (r"[a-z]*thromycin|zithromax|biaxin", r"macrolide|[a-z]*thromycin"),
    "fluoroquinolones": (r"[a-z]*floxacin|cipro|levaquin", r"quinolone|[a-z]*floxacin"),
    "tetracyclines": (r"[a-z]*cycline", r"[a-z]*cycline"),
    "non-steroidal anti-inflammatory drugs": (
        r"ibuprofen|naproxen|ketorolac|diclofenac|indomethacin|etodolac|nabumetone|aspirin|ketoprofen"
        r"|[a-z]*oxicam|celecoxib|advil|motrin|aleve|naprosyn|mobic|celebrex|voltaren|toradol|nsaids?",
        r"nsaid|non-?steroidal|anti-?inflammator|ibuprofen|naproxen|aspirin|ketorolac|diclofenac",
    ),
    "opioids": (
        r"codeine|morphine|[a-z]*codone|[a-z]*morphone|fentanyl|percocet|vicodin|norco",
        r"opioid|opiate|morphine",
    ),
    "statins": (r"[a-z]*vastatin|lipitor|crestor|zocor", r"\bstatins?\b|[a-z]*vastatin"),
    "ACE inhibitors": (
        r"[a-z]{2,}pril|zestril|prinivil",
        r"\bace inhibitor|[a-z]{2,}pril\b",
    ),
}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_DOSED = re.compile(r"\b([a-z]{5,}) \d[\d.,]*[ -]?(?:mg|mcg|milligrams?|micrograms?|units)\b")
_ORDERED = re.compile(
    r"\b(?:start|continue|restart|resume|prescribe|stop|discontinue|hold|taking|takes|on) "
    r"([a-z]{5,})(?=[.,;]|$| (?:\d|once|twice|daily|nightly|weekly|every|at night|as needed|prn)\b)"
)


def is_medicine(word: str) -> bool:
    """Return whether ``word`` names a medicine, as far as its form tells."""
    word = word.lower()
    if word in _NO_MEDICINES:
        return False
    return word in _GENERICS or word in _BRANDS or _STEM.fullmatch(word) is not None


def named(text: str) -> list[str]:
    """Return the medicines that ``text`` names, in lower case, each once."""
    return list(dict.fromkeys(word for word in _WORD.findall(text.lower()) if is_medicine(word)))


def ordered(text: str) -> list[str]:
    """Return the words of ``text`` that stand where a medicine does, in lower case.

    A dose follows them, or an order to start, continue or stop stands before them and little after.
    """
    plain = text.lower()
    found = [item[1] for pattern in (_DOSED, _ORDERED) for item in pattern.finditer(plain)]
    return [word for word in found if not word.endswith("ing")]


def same(medicine: str) -> str:
    """Return the nonproprietary name of a medicine given by a common brand name."""
    return _BRANDS.get(medicine, medicine)


def covers(allergy: str, medicine: str) -> str | None:
    """Return what an allergy recorded as ``allergy`` warns of in ``medicine``, if anything.

    It is the medicine itself, or the class both belong to.
    """
    recorded = allergy.lower()
    if same(medicine) in map(same, _WORD.findall(recorded)):
        return same(medicine)
    for name, (members, triggers) in _CLASSES.items():
        if re.search(triggers, recorded) and any(
            re.fullmatch(members, item) for item in (medicine, same(medicine))
        ):
            return name
    return None


def heard(medicine: str, words: Iterable[str]) -> bool:
    """Return whether ``medicine`` is among ``words``, by either name, or as speech misspelt it."""
    known = set(words)
    if medicine in known or same(medicine) in {same(word) for word in known}:
        return True
    return any(_sounds_like(medicine, word) for word in known)


def _sounds_like(medicine: str, word: str) -> bool:
    """Return whether ``word`` is a misspelling of ``medicine``; another medicine never is one."""
    if len(word) < 5 or word[0] != medicine[0] or word in _GENERICS or word in _BRANDS:
        return False
    enough = 0.9 if is_medicine(word) else 0.8
    return SequenceMatcher(None, medicine, word).ratio() >= enough
