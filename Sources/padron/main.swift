print("padron")
