#ifndef PADRON_CLINUX_H
#define PADRON_CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

/* accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC; a GNU extension that Glibc's module leaves out. */
int padron_accept(int listener);

#endif
