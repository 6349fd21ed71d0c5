/* python.exe and pythonw.exe of the Windows Python that check_under_wine.sh puts together, and with
   LAUNCHER the python.exe of a virtual environment: it starts the Python that pyvenv.cfg names. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#ifdef LAUNCHER

static int home_of(wchar_t *folder, wchar_t *home)
{
    wchar_t file[2 * MAX_PATH];
    char line[4 * MAX_PATH];
    swprintf(file, 2 * MAX_PATH, L"%ls\\pyvenv.cfg", folder);
    FILE *stream = _wfopen(file, L"rb");
    if (stream == NULL)
        return 0;
    int is_found = 0;
    while (!is_found && fgets(line, sizeof line, stream) != NULL) {
        if (strncmp(line, "home = ", 7) == 0) {
            line[strcspn(line, "\r\n")] = 0;
            MultiByteToWideChar(CP_UTF8, 0, line + 7, -1, home, 2 * MAX_PATH);
            is_found = 1;
        }
    }
    fclose(stream);
    return is_found;
}

int wmain(void)
{
    wchar_t self[2 * MAX_PATH], folder[2 * MAX_PATH], home[2 * MAX_PATH], program[3 * MAX_PATH];
    GetModuleFileNameW(NULL, self, 2 * MAX_PATH);
    wcscpy(folder, self);
    *wcsrchr(folder, L'\\') = 0; /* Scripts */
    *wcsrchr(folder, L'\\') = 0; /* the environment */
    if (!home_of(folder, home))
        return 106;
    swprintf(program, 3 * MAX_PATH, L"%ls\\python.exe", home);
    SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", self);
    STARTUPINFOW start;
    GetStartupInfoW(&start);
    PROCESS_INFORMATION child;
    if (!CreateProcessW(program, GetCommandLineW(), NULL, NULL, TRUE, 0, NULL, NULL, &start, &child))
        return 101;
    WaitForSingleObject(child.hProcess, INFINITE);
    DWORD code = 1;
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}

#else

__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
    return Py_Main(argc, argv);
}

#endif
