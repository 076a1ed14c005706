/* python.exe: the DLL that stands beside it, run as Python's own python.exe runs it. Built with -DPYTHON_DLL=L"python311.dll". */
#include <windows.h>

typedef int (*PyMain)(int, wchar_t **);

int wmain(int argc, wchar_t **argv)
{
    wchar_t path[32768];
    GetModuleFileNameW(NULL, path, 32768);
    wcscpy(wcsrchr(path, L'\\') + 1, PYTHON_DLL);
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!library)
        return 111;
    return ((PyMain)GetProcAddress(library, "Py_Main"))(argc, argv);
}
