"""Pages for people: one file that fetches nothing, in Japanese and English, without a number."""
