/* Stands in for bcryptprimitives.dll, which Windows has and Wine 8 lacks: the random numbers of
   modules written in Rust. They come from the older function of the same system. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL ProcessPrng(PBYTE buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
