"""Writes canonical.tsv beside this file: canonical decompositions and combining classes for NFC.

    python3 make_canonical.py

Source: the Unicode Character Database as Python's unicodedata holds it (Unicode 14), without what came after Unicode 9.0,
because that is the version of the normalizer in Hugging Face's tokenizers (0.23.2 was asked for every code point here).

Lines:  class <tab> first <tab> last             combining class of a range of code points
        = <tab> code point <tab> decomposition   composes again
        > <tab> code point <tab> decomposition   does not (singletons and composition exclusions)
"""
import pathlib
import unicodedata

# Combining marks that were assigned, or got their class, after Unicode 9.0.
LATER = """7fd 898-89f 8ca-8d3 9fe c3c d3b-d3c eba 1715 1abf-1ace 1df6-1dfa a82c 10d24-10d27 10eab-10eac 10f46-10f50 10f82-10f85
11070 1133b 1145e 11839-1183a 1193d-1193e 11943 119e0 11a34 11a47 11a99 11d42 11d44-11d45 11d97 16ff0-16ff1 1e130-1e136 1e2ae
1e2ec-1e2ef 11938"""
later = set()
for part in LATER.split():
    first, _, last = part.partition("-")
    later |= set(range(int(first, 16), int(last or first, 16) + 1))

known = [chr(c) for c in range(0x110000) if c not in later and not 0xAC00 <= c <= 0xD7A3]
ranges = []
for c in known:
    k = unicodedata.combining(c)
    if not k:
        continue
    if ranges and ranges[-1][0] == k and ranges[-1][2] == ord(c) - 1:
        ranges[-1][2] = ord(c)
    else:
        ranges.append([k, ord(c), ord(c)])
with open(pathlib.Path(__file__).parent / "canonical.tsv", "w", encoding="ascii", newline="\n") as out:
    for k, first, last in ranges:
        out.write(f"{k}\t{first:X}\t{last:X}\n")
    for c in known:
        to = unicodedata.decomposition(c)
        if to and not to.startswith("<"):
            again = unicodedata.normalize("NFC", c) == c
            out.write(f"{'=' if again else '>'}\t{ord(c):X}\t{to}\n")
