#ifndef PADRON_CLINUX_H
#define PADRON_CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

/* accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC; a GNU extension that Glibc's module leaves out. */
int padron_accept(int listener);

/* Reserves disk space behind the end of a file without changing its size; -1 and errno ENOSPC where
   there is none, EOPNOTSUPP where the file system cannot tell. */
int padron_reserve(int descriptor, long long offset, long long length);

#endif
