"""Background work: our own table of runs, and a queue that carries their numbers.

queues      the queue of a library (Huey), in a file beside the database or in PostgreSQL
running     one run: taken, kept alive, told of its progress, ended
work        what each kind of run does
executors   many processes of this machine, or a cluster, behind one interface
"""
