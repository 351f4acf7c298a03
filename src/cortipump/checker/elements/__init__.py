"""What kind of letter it is, what such a letter needs and lacks, and whether off-label use is said.

What is looked for stands in `knowledge.letters`; here is only how.
"""

from cortipump.checker.elements.kinds import kind_of
from cortipump.checker.elements.lacking import element_findings
from cortipump.knowledge.letters import LetterKind

__all__ = ["LetterKind", "element_findings", "kind_of"]
