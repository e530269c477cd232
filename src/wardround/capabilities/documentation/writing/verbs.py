"""English verbs as far as rewriting needs them: third person, participles, what is a past form."""

_IRREGULAR_PASTS = frozenset(
    ["was", "were", "had", "did", "went", "felt", "got", "took", "came", "saw", "thought", "knew", "told", "said", "gave", "made", "found", "left", "kept", "began", "fell", "hurt", "put", "cut", "let", "ran", "ate", "drank", "slept", "woke", "bought", "brought", "broke", "caught", "chose", "drove", "forgot", "grew", "heard", "held", "led", "lost", "meant", "met", "paid", "read", "rode", "rose", "sent", "sat", "spoke", "spent", "stood", "stuck", "swam", "threw", "wore", "won", "wrote", "lay", "bit", "blew", "built", "burned", "dealt", "dug", "fought", "flew", "froze", "hit", "hung", "hid", "laid", "quit", "rang", "sang", "shook", "shot", "shut", "slid", "split", "spread", "stole", "struck", "swore", "taught", "tore", "understood", "became", "used", "been", "seen", "done", "gone", "taken", "given", "eaten", "fallen", "gotten", "known", "thrown"]
)
_MODALS = frozenset(
    ["can", "could", "will", "would", "shall", "should", "may", "might", "must", "cannot", "'d", "ought", "better", "has", "is", "does"]
)
ADVERBS = frozenset(
    ["just", "really", "also", "still", "usually", "sometimes", "never", "always", "actually", "definitely", "probably", "kind", "sort", "of", "only", "mostly", "recently", "even", "already", "normally", "typically", "basically", "generally", "currently", "certainly", "occasionally", "often", "rarely", "barely", "finally", "ever", "first", "then", "now", "pretty", "honestly", "personally", "both", "all", "not", "maybe", "perhaps", "obviously", "literally", "eventually", "initially", "originally"]
)
_NO_VERBS = frozenset(
    ["and", "or", "but", "the", "a", "an", "my", "your", "his", "her", "it", "this", "that", "these", "those", ",", "to", "in", "on", "at", "with", "for", "from", "so", "if", "because", "when", "while", "too", "either", "neither", "as", "than", "guess", "mean", "i", "you", "he", "she", "we", "they"]
)
BASES = frozenset(
    ["ache", "act", "add", "agree", "appreciate", "apply", "ask", "avoid", "bathe", "be", "become", "begin", "believe", "bend", "bike", "bite", "bleed", "blow", "breathe", "bring", "brush", "burn", "buy", "call", "care", "carry", "catch", "change", "check", "chew", "clean", "clear", "climb", "come", "complain", "continue", "cook", "cough", "cry", "cut", "decrease", "deny", "describe", "develop", "die", "do", "drink", "drive", "drop", "eat", "elevate", "endorse", "enjoy", "exercise", "expect", "experience", "fall", "feel", "fill", "find", "finish", "follow", "forget", "get", "give", "go", "grow", "happen", "hate", "have", "hear", "help", "hike", "hold", "hurt", "ice", "improve", "increase", "injure", "itch", "jog", "keep", "kick", "know", "last", "lay", "lean", "leave", "lift", "like", "limp", "listen", "live", "look", "lose", "love", "make", "manage", "measure", "meet", "mention", "miss", "monitor", "move", "need", "notice", "occur", "open", "pass", "pay", "play", "pop", "prefer", "prescribe", "press", "push", "put", "radiate", "rate", "reach", "react", "read", "recall", "record", "recommend", "refill", "remember", "remove", "report", "rest", "ride", "roll", "rub", "run", "say", "see", "seem", "send", "shake", "shower", "sit", "sleep", "slip", "smell", "smoke", "smile", "snore", "sound", "speak", "spend", "spread", "stand", "start", "stay", "stop", "stretch", "struggle", "suffer", "suggest", "swallow", "sweat", "swell", "swim", "switch", "take", "talk", "taste", "tell", "tend", "think", "throw", "tingle", "tolerate", "touch", "travel", "try", "turn", "twist", "understand", "urinate", "use", "visit", "vomit", "wait", "wake", "walk", "want", "wash", "watch", "wear", "weigh", "work", "worry", "worsen", "write", "feed", "teach", "wrap", "apply", "ambulate", "stick", "worsen", "extend"]
)


def third(verb: str) -> str:
    """Return the third person singular of a base form."""
    known = {"be": "is", "am": "is", "are": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in known:
        return known[verb]
    if verb.endswith(("s", "x", "ch", "sh", "z")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in {"a", "e", "o", "u"}:
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def is_past(verb: str) -> bool:
    """Return whether ``verb`` looks like a past form or participle."""
    return verb in _IRREGULAR_PASTS or (
        verb.endswith("ed") and verb not in {"need", "bleed", "feed"}
    )


def is_modal(verb: str) -> bool:
    """Return whether ``verb`` takes no third person ending."""
    return verb in _MODALS


def may_be_verb(word: str) -> bool:
    """Return whether ``word`` can be a verb after its subject."""
    return word.isalpha() and word not in _NO_VERBS


def agree(verb: str) -> str:
    """Return ``verb``, said of I or you, as said of he or she."""
    if verb == "were":
        return "was"
    if verb in {"read", "put", "hurt", "let", "cut", "quit", "hit"} or is_modal(verb):
        return verb
    if verb in {"am", "are", "have", "do"}:
        return third(verb)
    if is_past(verb) or verb.endswith("ing") or not may_be_verb(verb):
        return verb
    return third(verb)
