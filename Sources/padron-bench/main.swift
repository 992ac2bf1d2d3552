print("padron-bench")
