"""What the forms ask for: words of their code columns, which form is an addition to membership."""
