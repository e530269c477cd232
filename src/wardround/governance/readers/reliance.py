"""Whether readers follow an AI that is wrong, and leave one that is right.

Of answers where the AI is wrong and the reader without it was right, those that are wrong with it:
the automation bias rate (Goddard et al. 2012, doi 10.1136/amiajnl-2011-000089, "negative
consultations"). Its mirror: of answers where the AI is right and the reader without it was wrong,
those that stay wrong, under-reliance. Readers change their minds without any AI too; how often a
right answer turns wrong though the AI is right is shown beside them.

Answers of one reader are alike, and so are answers to one case. The interval is Wilson's with as
many answers as the variance clustered both ways is worth (Cameron, Gelbach and Miller 2011, doi
10.1198/jbes.2010.07136); where all or none were hits, as many as there are distinct cases.
"""

import numpy as np

from wardround.governance.readers.calls import rate
from wardround.governance.readers.model import Rate, Switch
from wardround.governance.readers.study import Flags
from wardround.governance.validation import Floats, wilson


def switches(names: tuple[str, ...], right: Flags, ai_calls: Flags, truth: Flags) -> list[Switch]:
    """Return each way; ``right`` is arms by readers by cases."""
    unaided, aided = right
    wrong_ai = ai_calls != truth
    ways = {
        "automation bias": (wrong_ai & unaided, ~aided),
        "automation bias: false alarms followed": (wrong_ai & ~truth & unaided, ~aided),
        "automation bias: misses followed": (wrong_ai & truth & unaided, ~aided),
        "under-reliance": (~wrong_ai & ~unaided, ~aided),
        "wrong AI, wrong reader, mended all the same": (wrong_ai & ~unaided, aided),
        "right AI, right reader, spoilt all the same": (~wrong_ai & unaided, ~aided),
    }
    return [
        Switch(
            name=name,
            overall=clustered(hit, stake),
            by_reader={
                who: rate(int((hit[at] & stake[at]).sum()), int(stake[at].sum()))
                for at, who in enumerate(names)
            },
            of_all=float((hit & stake).mean()),
        )
        for name, (stake, hit) in ways.items()
    ]


def clustered(hit: Flags, stake: Flags) -> Rate:
    """Return the share of hits among answers at stake; both are readers by cases."""
    hits, n = int((hit & stake).sum()), int(stake.sum())
    if n == 0:
        return Rate(hits=0, n=0, share=None)
    share = hits / n
    if hits in {0, n}:
        worth = float(stake.any(axis=0).sum())
    else:
        worth = share * (1 - share) / _variance(np.where(stake, hit - share, 0.0), n)
    found = wilson(share * worth, worth)
    return Rate(hits=hits, n=n, share=found.model_copy(update={"value": share}))


def _variance(apart: Floats, n: int) -> float:
    """Return the variance of a share, never less than of answers that are not alike."""
    each = float((apart**2).sum())
    by_case = float((apart.sum(axis=0) ** 2).sum())
    by_reader = float((apart.sum(axis=1) ** 2).sum())
    readers = int(np.any(apart != 0, axis=1).sum())
    by_reader *= readers / (readers - 1) if readers > 1 else 0.0
    return max(by_case + by_reader - each, by_case, by_reader, each) / n**2
