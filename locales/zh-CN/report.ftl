# The frame of every report: headings, labels, endings. Every key has its twin in the other language.
