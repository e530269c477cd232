"""X12 texts put together for tests, with envelopes that are right unless a test breaks them."""

from collections.abc import Iterable

GUIDES = {
    "835": ("HP", "005010X221A1"),
    "999": ("FA", "005010X231A1"),
    "277": ("HN", "005010X214"),
    "837P": ("HC", "005010X222A1"),
    "837I": ("HC", "005010X223A2"),
}

ISA = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*WARDROUND      "
    "*260301*1200*^*00501*{control:09d}*0*T*:~"
)


def transaction(kind: str, segments: Iterable[str], control: str = "0001") -> str:
    """Return a transaction set with its header and trailer."""
    body = [one.strip() for one in segments if one.strip()]
    guide = f"*{GUIDES[kind][1]}" if kind != "835" else ""
    lines = [f"ST*{kind[:3]}*{control}{guide}", *body, f"SE*{len(body) + 2}*{control}"]
    return "".join(f"{one}~\n" for one in lines)


def group(kind: str, sets: Iterable[str], control: int = 7) -> str:
    """Return a functional group of transaction sets."""
    name, guide = GUIDES[kind]
    listed = list(sets)
    head = f"GS*{name}*PAYER*WARDROUND*20260301*1200*{control}*X*{guide}~\n"
    return f"{head}{''.join(listed)}GE*{len(listed)}*{control}~\n"


def interchange(groups: Iterable[str], control: int = 123) -> str:
    """Return an interchange of functional groups."""
    listed = list(groups)
    head = ISA.format(control=control)
    return f"{head}\n{''.join(listed)}IEA*{len(listed)}*{control:09d}~\n"


def file(kind: str, text: str) -> str:
    """Return a file of one transaction set, its segments being ``text``'s lines."""
    return interchange([group(kind, [transaction(kind, text.splitlines())])])


REMITTANCE = """
BPR*I*132.5*C*CHK************20260301
TRN*1*CHK123*1999999999
DTM*405*20260301
N1*PR*ACME HEALTH
N3*1 MAIN ST
N4*ALBANY*NY*12207
PER*BL*HELP*TE*8005551212
N1*PE*VEGA CLINIC*XX*1234567893
LX*1
CLP*WR1*1*200*140*20*12*ICN1*11*1
NM1*QC*1*DOE*JANE****MI*123
MOA***MA01*MA18
SVC*HC:99213:25*150*100**1
DTM*472*20260201
CAS*CO*45*30
CAS*PR*3*20
REF*6R*WR1-1
AMT*B6*120
LQ*HE*N130
SVC*NU:0450*50*40**2
DTM*150*20260201
DTM*151*20260202
CAS*CO*45*10
PLB*1234567893*20261231*WO:REF1*7.5
"""

ACCEPTED = """
AK1*HC*77*005010X222A1
AK2*837*0001*005010X222A1
IK5*A
AK9*A*1*1*1
"""

REJECTED = """
AK1*HC*77*005010X222A1
AK2*837*0001*005010X222A1
IK3*NM1*22*2010AA*8
CTX*CLM01:WR1
IK4*9:1*67*1
IK3*ZZZ*30**1
IK5*R*5*I5
AK2*837*0002*005010X222A1
IK5*A
AK9*P*2*2*1
"""

CLAIMS = """
BHT*0085*08*277X*20260301*1200*TH
HL*1**20*1
NM1*PR*2*ACME HEALTH*****PI*P0001
TRN*1*RECEIPT1
DTP*050*D8*20260301
DTP*009*D8*20260301
HL*2*1*21*1
NM1*41*2*VEGA CLINIC*****46*WARDROUND1
TRN*2*000000905-77-0001
STC*A1:19:PR*20260301*WQ*300
QTY*90*1
QTY*AA*1
HL*3*2*19*1
NM1*85*2*VEGA CLINIC*****XX*1234567893
TRN*1*0
STC*A1:19:PR**WQ*300
HL*4*3*PT
NM1*QC*1*DOE*JANE****MI*123
TRN*2*WR1
STC*A2:20:PR*20260301*WQ*200
REF*1K*ICN9
DTP*472*D8*20260201
HL*5*3*PT
NM1*QC*1*ROE*RICHARD****MI*124
TRN*2*WR2
STC*A7:562:85*20260301*U*100******A7:21:85*
DTP*472*D8*20260202
"""

FOREIGN = """
BHT*0019*00*0123*20260301*1023*CH
NM1*41*2*PREMIER BILLING SERVICE*****46*TGJ23
PER*IC*JERRY*TE*3055552222*EX*231
NM1*40*2*KEY INSURANCE COMPANY*****46*66783JJT
HL*1**20*1
PRV*BI*PXC*203BF0100Y
NM1*85*2*BEN KILDARE SERVICE*****XX*1234567893
N3*234 SEAWAY ST
N4*MIAMI*FL*331110001
REF*EI*587654321
REF*1G*LICENCE7
NM1*87*2
N3*2345 OCEAN BLVD
N4*MIAMI*FL*331110002
HL*2*1*22*1
SBR*P**2222-SJ******CI
NM1*IL*1*SMITH*JANE****MI*JS00111223333
NM1*PR*2*KEY INSURANCE COMPANY*****PI*999996666
REF*G2*KA6663
HL*3*2*23*0
PAT*19
NM1*QC*1*SMITH*TED
N3*236 N MAIN ST
N4*MIAMI*FL*33413
DMG*D8*19730501*M
CLM*26463774*100.00***11:B:1*Y*A*Y*I
DTP*454*D8*20260201
PWK*OZ*BM***AC*DMN0012
REF*D9*17312345600006351
K3*STATE DATA REQUIREMENT
HI*ABK:J020*ABF:Z1159
NM1*82*1*KILDARE*BEN****XX*1999996666
PRV*PE*PXC*204C00000X
REF*G2*KA6663
LX*1
SV1*HC:99213*40.00*UN*1.0*11**1
DTP*472*D8*20260203
LX*2
SV1*HC:87070*15*UN*1***1**Y
DTP*472*RD8*20260203-20260203
REF*BT*BATCH7
LX*3
SV1*HC:99214:::::NEW WORDS*35*UN*1***2
DTP*472*D8*20260210
LX*4
SV1*HC:86663*10*UN*1***2
DTP*472*D8*20260210
"""
