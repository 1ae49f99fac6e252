"""Whether a script is PowerShell to tree-sitter's grammar, and whether what is left when it is cut off is not."""
import sys

import tree_sitter_powershell
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_powershell.language()))
text = open(sys.argv[1], "rb").read()
assert text.isascii(), "not ASCII alone: Windows PowerShell would read it in the machine's code page"
assert not parser.parse(text).root_node.has_error, "not PowerShell"
begin = text.index(b"\n& {\n") + 5
ends = [at for at in range(begin, len(text)) if text[at - 1] == 10][::25] + list(range(text.index(b"\n'@\n"), len(text) - 2))
for end in ends:
    assert parser.parse(text[:end]).root_node.has_error, f"cut off at {end}, it would run"
print(f"right, and none of {len(ends)} pieces is whole")
