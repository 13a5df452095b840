"""The nightly job: each file of an inbox once, holds followed up, a report for the morning."""
