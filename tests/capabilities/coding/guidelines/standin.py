import warnings
from types import SimpleNamespace as N
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import simple_icd_10_cm as c
class T:
    def find(self, code):
        if not c.is_valid_item(code): return None
        return N(code=code, display=c.get_description(code), billable=c.is_leaf(code), parent=c.get_parent(code) or None, children=tuple(c.get_children(code)), excludes1=c.get_excludes1(code), excludes2=c.get_excludes2(code), code_first=(c.get_code_first(code),), use_additional=(c.get_use_additional_code(code),))
def load():
    return T()
