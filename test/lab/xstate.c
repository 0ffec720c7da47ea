/*
 * Lets user-mode Linux 6.1 run on processors whose extended state (XSAVE) is larger than the buffer that it has for it, as
 * with AMX: the kernel refuses to set less than all of the state (ptrace(2), PTRACE_SETREGSET), and the machine dies with
 * "ptrace set fp regs failed, errno = 14". What does not fit into its buffer is left as it is. For LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LARGEST = 64 * 1024 };

/* PTRACE_PEEK… of the system call writes to `data` what the function of the library returns. */
static long peek(long request, long pid, void *address) {
  long word;
  long result = syscall(SYS_ptrace, request, pid, address, &word);
  if (result < 0) return result;
  errno = 0;
  return word;
}

static long all_of_it(long pid, struct iovec *whole) {
  return syscall(SYS_ptrace, (long)PTRACE_GETREGSET, pid, (void *)NT_X86_XSTATE, whole);
}

static long xstate(long request, long pid, struct iovec *part) {
  static __thread char state[LARGEST];
  struct iovec whole = {state, sizeof state};
  long result = all_of_it(pid, &whole);
  if (result < 0) return result;
  if (part->iov_len > whole.iov_len) part->iov_len = whole.iov_len;
  if (request == PTRACE_GETREGSET) {
    memcpy(part->iov_base, state, part->iov_len);
    return 0;
  }
  memcpy(state, part->iov_base, part->iov_len);
  return syscall(SYS_ptrace, request, pid, (void *)NT_X86_XSTATE, &whole);
}

long ptrace(enum __ptrace_request request, ...) {
  va_list rest;
  va_start(rest, request);
  long pid = va_arg(rest, int);
  void *address = va_arg(rest, void *);
  void *data = va_arg(rest, void *);
  va_end(rest);
  if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
    return peek(request, pid, address);
  }
  if ((request == PTRACE_GETREGSET || request == PTRACE_SETREGSET) && address == (void *)NT_X86_XSTATE) {
    return xstate(request, pid, data);
  }
  return syscall(SYS_ptrace, (long)request, pid, address, data);
}
