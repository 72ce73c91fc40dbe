"""How good the ranking is: judged questions, and the measures taken on a run over them."""
