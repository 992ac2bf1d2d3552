#include <unistd.h>

#include "CLinux.h"

/* The engine is compiled for x86-64-v3. On an older processor its first vector instruction would
   end the process without a word, so this runs before any Swift code and says what is missing. */
#if defined(__x86_64__)
__attribute__((constructor(101))) static void check_processor(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v3")) return;
    static const char message[] =
        "padron: this processor is too old: x86-64-v3 (AVX2, BMI2, FMA) is needed, as in Intel "
        "Haswell, AMD Excavator and later\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(1);
}
#endif
