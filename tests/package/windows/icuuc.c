/* Stands in for icuuc.dll, which Windows has since 2017 and Wine 8 lacks. Qt loads it for old text
   encodings that the program never uses; it is told that each of them is unknown. */
#define UNSUPPORTED 16
#define EXPORT __declspec(dllexport)

EXPORT void *ucnv_open(const char *name, int *status) { *status = UNSUPPORTED; return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int index) { return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *status)
{
    *status = UNSUPPORTED;
    return 0;
}

/* Never called without a converter, which nobody gets. */
#define NEVER(name) EXPORT void *name(void) { return 0; }
NEVER(ucnv_close) NEVER(ucnv_reset) NEVER(ucnv_getMaxCharSize) NEVER(ucnv_getName)
NEVER(ucnv_getToUCallBack) NEVER(ucnv_getFromUCallBack) NEVER(ucnv_setToUCallBack)
NEVER(ucnv_setFromUCallBack) NEVER(ucnv_cbToUWriteUChars) NEVER(ucnv_cbFromUWriteUChars)
NEVER(ucnv_toUnicode) NEVER(ucnv_fromUnicode) NEVER(ucnv_toUCountPending)
NEVER(ucnv_fromUCountPending) NEVER(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NEVER(UCNV_TO_U_CALLBACK_SUBSTITUTE)
