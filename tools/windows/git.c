/* git.exe: hands over to the git of the Linux that Wine runs on. Wine starts a Linux program, but neither waits for it nor
   connects its standard error: so everything goes through a folder of files, and a file with the exit code ends the wait. */
#include <windows.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

typedef char *(CDECL *UnixName)(const WCHAR *);

static char folder[MAX_PATH];
static UnixName unix_name;

static FILE *at(const char *name, const char *mode)
{
    char path[2 * MAX_PATH];
    snprintf(path, sizeof path, "%s\\%s", folder, name);
    return fopen(path, mode);
}

static void copy(FILE *from, FILE *to)
{
    char block[65536];
    size_t count;
    while (from && (count = fread(block, 1, sizeof block, from)) > 0)
        fwrite(block, 1, count, to);
    fflush(to);
}

static void write_utf8(FILE *file, const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *bytes = malloc(size);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, size, NULL, NULL);
    fwrite(bytes, 1, size - 1, file);
    free(bytes);
}

/* Write an argument with its ending zero; a path of Windows in it (`C:\x`, `--prefix=C:/x`) as Linux names it. */
static void write_argument(FILE *file, const WCHAR *word)
{
    const WCHAR *path = word;
    if (!wcsncmp(word, L"--prefix=", 9))
        path += 9;
    if (wcslen(path) > 2 && iswalpha(path[0]) && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/')) {
        char *name = unix_name(path);
        for (const WCHAR *w = word; w < path; w++)
            fputc((char)*w, file);
        fputs(name ? name : "", file);
        if (path != word)
            fputc('/', file);
    } else
        write_utf8(file, word);
    fputc(0, file);
}

static int has(int argc, WCHAR **argv, const WCHAR *word)
{
    for (int n = 1; n < argc; n++)
        if (!wcscmp(argv[n], word))
            return 1;
    return 0;
}

/* Print what git said; the paths of `rev-parse` begin with a drive, as Git for Windows prints them. */
static void print_output(FILE *from, int drive)
{
    char block[32768];
    while (drive && from && fgets(block, sizeof block, from))
        printf("%s%s", block[0] == '/' ? "Z:" : "", block);
    copy(from, stdout);
}

int wmain(int argc, WCHAR **argv)
{
    WCHAR command[4 * MAX_PATH], temporary[MAX_PATH], name[MAX_PATH];
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    FILE *file;
    int code = 128;

    unix_name = (UnixName)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "wine_get_unix_file_name");
    if (!unix_name)
        return fputs("this git works under Wine only\n", stderr), 128;
    _setmode(0, 0x8000), _setmode(1, 0x8000), _setmode(2, 0x8000);
    GetTempPathW(MAX_PATH, temporary);
    swprintf(name, MAX_PATH, L"%lsgit-%lu-%lu", temporary, GetCurrentProcessId(), GetTickCount());
    CreateDirectoryW(name, NULL);
    WideCharToMultiByte(CP_ACP, 0, name, -1, folder, MAX_PATH, NULL, NULL);

    file = at("words", "wb");
    for (int n = 1; n < argc; n++)
        write_argument(file, argv[n]);
    fclose(file);
    file = at("in", "wb");
    if (GetFileType(GetStdHandle(STD_INPUT_HANDLE)) != FILE_TYPE_CHAR)
        copy(stdin, file);
    fclose(file);
    file = at("run", "wb");
    fputs("cd \"$1\" && exec xargs -0 -a \"$2/words\" sh -c '"
          "git \"$@\" <\"$0/in\" >\"$0/out\" 2>\"$0/err\"; echo $? >\"$0/new\"; mv \"$0/new\" \"$0/code\"' \"$2\"\n", file);
    fclose(file);

    char *where = unix_name(name);
    WCHAR unix_where[MAX_PATH], cwd[MAX_PATH], unix_cwd[MAX_PATH];
    MultiByteToWideChar(CP_UTF8, 0, where, -1, unix_where, MAX_PATH);
    GetCurrentDirectoryW(MAX_PATH, cwd);
    MultiByteToWideChar(CP_UTF8, 0, unix_name(cwd), -1, unix_cwd, MAX_PATH);
    swprintf(command, 4 * MAX_PATH, L"Z:\\bin\\sh \"%ls/run\" \"%ls\" \"%ls\"", unix_where, unix_cwd, unix_where);
    if (!CreateProcessW(L"Z:\\bin\\sh", command, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process))
        return fputs("git of Linux cannot be started\n", stderr), 128;
    while (!(file = at("code", "rb")))
        Sleep(2);
    fscanf(file, "%d", &code);
    fclose(file);
    copy(file = at("err", "rb"), stderr);
    if (file) fclose(file);
    print_output(file = at("out", "rb"), has(argc, argv, L"rev-parse"));
    if (file) fclose(file);
    const char *files[] = {"words", "in", "run", "code", "err", "out"};
    for (int n = 0; n < 6; n++) {
        char path[2 * MAX_PATH];
        snprintf(path, sizeof path, "%s\\%s", folder, files[n]);
        remove(path);
    }
    RemoveDirectoryW(name);
    return code;
}
