/* Stands before the C library and lets the n-th call that changes the disk fail.
   Sockets and standard streams are let through: only regular files and names are counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int armed, calls, failed, number, error, lasting;

void faults_arm(int n, int e, int is_lasting) {
    number = n; error = e; lasting = is_lasting; calls = failed = 0; armed = 1;
}
void faults_disarm(void) { armed = 0; }
int faults_calls(void) { return calls; }
int faults_failed(void) { return failed; }

static int fails(void) {
    if (!armed) return 0;
    int now = __sync_add_and_fetch(&calls, 1);
    if (!number || !(now == number || (lasting && now > number))) return 0;
    __sync_add_and_fetch(&failed, 1);
    errno = error;
    return 1;
}
static int is_file(int fd) {
    struct stat s;
    return fd > 2 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
}
#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, #name)

typedef ssize_t (*write_type)(int, const void *, size_t);
ssize_t write(int fd, const void *data, size_t size) {
    REAL(write, write_type);
    return armed && is_file(fd) && fails() ? -1 : real(fd, data, size);
}
typedef ssize_t (*pwrite_type)(int, const void *, size_t, off_t);
ssize_t pwrite(int fd, const void *data, size_t size, off_t where) {
    REAL(pwrite, pwrite_type);
    return armed && is_file(fd) && fails() ? -1 : real(fd, data, size, where);
}
typedef ssize_t (*pwrite64_type)(int, const void *, size_t, off64_t);
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t where) {
    REAL(pwrite64, pwrite64_type);
    return armed && is_file(fd) && fails() ? -1 : real(fd, data, size, where);
}
typedef int (*fd_type)(int);
int fsync(int fd) { REAL(fsync, fd_type); return armed && fails() ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync, fd_type); return armed && fails() ? -1 : real(fd); }
typedef int (*cut_type)(int, off_t);
int ftruncate(int fd, off_t size) { REAL(ftruncate, cut_type); return armed && fails() ? -1 : real(fd, size); }
typedef int (*cut64_type)(int, off64_t);
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64, cut64_type); return armed && fails() ? -1 : real(fd, size); }
typedef int (*name_type)(const char *);
int unlink(const char *path) { REAL(unlink, name_type); return armed && fails() ? -1 : real(path); }
typedef int (*names_type)(const char *, const char *);
int rename(const char *old, const char *new) { REAL(rename, names_type); return armed && fails() ? -1 : real(old, new); }
