"""From a patient's words to remarks, feelings, skills, causes and the right person (pure Python)."""
