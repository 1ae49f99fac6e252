"""archive.py OUT.zip METHOD NAME=FILE…: a zip with these members, as a release or an attacker would write it."""
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")  # two of one name are meant
method = {"stored": zipfile.ZIP_STORED, "deflated": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2}[sys.argv[2]]
with zipfile.ZipFile(sys.argv[1], "w", method) as archive:
    for member in sys.argv[3:]:
        name, file = member.split("=", 1)
        with open(file, "rb") as source:
            archive.writestr(name, source.read())
