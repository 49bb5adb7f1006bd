using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies reference assemblies and sets, in the copies, the visibility of the listed types and members to public. Nothing else of an
/// assembly changes: the bits lie in the metadata tables TypeDef, Field and MethodDef (ECMA-335, II.22 and II.23.1), whose rows keep their
/// size. Compiled by MSBuild itself (see FriendAccess.targets), so it needs no package and no project of its own.
/// </summary>
public sealed class OpenInternals : Task
{
    /// <summary>The assemblies to open.</summary>
    [Required]
    public ITaskItem[] References { get; set; }

    /// <summary>The list: one "assembly  type" or "assembly  type::member" per line; '#' begins a comment.</summary>
    [Required]
    public string Members { get; set; }

    /// <summary>Where the copies go.</summary>
    [Required]
    public string Folder { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        var wanted = File.ReadAllLines(Members)
            .Select(line => line.Split('#')[0].Split((char[])null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)
            .ToLookup(words => words[0], words => words[1]);
        Directory.CreateDirectory(Folder);
        foreach (var reference in References)
        {
            string path = reference.ItemSpec;
            var image = File.ReadAllBytes(path);
            var missing = new ReferenceImage(image).Open(new HashSet<string>(wanted[Path.GetFileNameWithoutExtension(path)]));
            foreach (string name in missing)
                Log.LogError(
                    "{0} has no '{1}' any more, which {2} lists. Find out what replaced it in this version.",
                    path, name, Path.GetFileName(Members));
            if (missing.Count == 0) File.WriteAllBytes(Path.Combine(Folder, Path.GetFileName(path)), image);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>The metadata of an assembly, as far as visibility needs it.</summary>
    private sealed class ReferenceImage
    {
        private const int ModuleTable = 0x00, TypeRefTable = 0x01, TypeDefTable = 0x02;
        private const int FieldTable = 0x04, MethodTable = 0x06, ParamTable = 0x08;
        private const int ModuleRefTable = 0x1A, TypeSpecTable = 0x1B, AssemblyRefTable = 0x23;

        private readonly byte[] _image;
        private readonly int[] _rows = new int[64];
        private readonly int[] _starts = new int[8];
        private readonly int _strings;
        private readonly int _stringSize;
        private readonly int _blobSize;
        private readonly int _typeSize;
        private readonly int _fieldSize;
        private readonly int _methodSize;

        public ReferenceImage(byte[] image)
        {
            _image = image;
            int root = FindMetadata();
            int tables = FindStream(root, "#~");
            _strings = FindStream(root, "#Strings");

            int heaps = image[tables + 6];
            _stringSize = (heaps & 1) != 0 ? 4 : 2;
            int guidSize = (heaps & 2) != 0 ? 4 : 2;
            _blobSize = (heaps & 4) != 0 ? 4 : 2;
            ulong present = BitConverter.ToUInt64(image, tables + 8);
            int next = tables + 24;
            for (int table = 0; table < 64; table++)
            {
                if ((present >> table & 1) == 0) continue;
                _rows[table] = BitConverter.ToInt32(image, next);
                next += 4;
            }

            int scope = CodedSize(2, ModuleTable, ModuleRefTable, AssemblyRefTable, TypeRefTable);
            int parent = CodedSize(2, TypeDefTable, TypeRefTable, TypeSpecTable);
            _typeSize = 4 + 2 * _stringSize + parent + IndexSize(FieldTable) + IndexSize(MethodTable);
            _fieldSize = 2 + _stringSize + _blobSize;
            _methodSize = 8 + _stringSize + _blobSize + IndexSize(ParamTable);
            var sizes = new Dictionary<int, int>
            {
                [ModuleTable] = 2 + _stringSize + 3 * guidSize,
                [TypeRefTable] = scope + 2 * _stringSize,
                [TypeDefTable] = _typeSize,
                [FieldTable] = _fieldSize,
                [MethodTable] = _methodSize,
            };
            for (int table = 0; table < _starts.Length; table++)
            {
                _starts[table] = next;
                if (_rows[table] == 0) continue;
                if (!sizes.TryGetValue(table, out int size) && table <= MethodTable)
                    throw new BadImageFormatException("The metadata tables are not optimized.");
                next += _rows[table] * size;
            }
        }

        /// <summary>
        /// Opens types ("Namespace.Type") and members ("Namespace.Type::member", all overloads). Returns those that are not there.
        /// </summary>
        public List<string> Open(HashSet<string> wanted)
        {
            var missing = new HashSet<string>(wanted);
            for (int row = 0; row < _rows[TypeDefTable]; row++)
            {
                int type = _starts[TypeDefTable] + row * _typeSize;
                string space = Name(type + 4 + _stringSize);
                string name = (space.Length > 0 ? space + "." : "") + Name(type + 4);
                if (wanted.Contains(name) && (_image[type] & 7) <= 1)
                {
                    _image[type] = (byte)(_image[type] & ~7 | 1);
                    missing.Remove(name);
                }

                int lists = _typeSize - IndexSize(FieldTable) - IndexSize(MethodTable);
                OpenMembers(row, lists, FieldTable, _fieldSize, 0, name, wanted, missing);
                OpenMembers(row, lists + IndexSize(FieldTable), MethodTable, _methodSize, 6, name, wanted, missing);
            }

            return missing.ToList();
        }

        private void OpenMembers(
            int row, int list, int table, int size, int flags, string type, HashSet<string> wanted, HashSet<string> missing)
        {
            int first = ListStart(row, list, table);
            int end = row + 1 < _rows[TypeDefTable] ? ListStart(row + 1, list, table) : _rows[table];
            for (int member = first; member < end; member++)
            {
                int at = _starts[table] + member * size + flags;
                string name = type + "::" + Name(at + 2);
                if (!wanted.Contains(name)) continue;
                _image[at] = (byte)(_image[at] & ~7 | 6);
                missing.Remove(name);
            }
        }

        private int ListStart(int row, int list, int table) =>
            Number(_starts[TypeDefTable] + row * _typeSize + list, IndexSize(table)) - 1;

        private int IndexSize(int table) => _rows[table] < 1 << 16 ? 2 : 4;

        private int CodedSize(int tagBits, params int[] tables) => tables.Max(table => _rows[table]) < 1 << 16 - tagBits ? 2 : 4;

        private int Number(int at, int size) => size == 2 ? BitConverter.ToUInt16(_image, at) : BitConverter.ToInt32(_image, at);

        private string Name(int at)
        {
            int start = _strings + Number(at, _stringSize);
            return Encoding.UTF8.GetString(_image, start, Array.IndexOf(_image, (byte)0, start) - start);
        }

        private int FindMetadata()
        {
            int header = BitConverter.ToInt32(_image, 0x3C) + 4;
            int optional = header + 20;
            bool wide = BitConverter.ToUInt16(_image, optional) == 0x20B;
            int sections = optional + BitConverter.ToUInt16(_image, header + 16);
            int count = BitConverter.ToUInt16(_image, header + 2);
            int runtime = Locate(BitConverter.ToInt32(_image, optional + (wide ? 112 : 96) + 14 * 8), sections, count);
            return Locate(BitConverter.ToInt32(_image, runtime + 8), sections, count);
        }

        private int Locate(int address, int sections, int count)
        {
            for (int section = sections; section < sections + count * 40; section += 40)
            {
                int start = BitConverter.ToInt32(_image, section + 12);
                int length = BitConverter.ToInt32(_image, section + 16);
                if (address >= start && address < start + length) return address - start + BitConverter.ToInt32(_image, section + 20);
            }

            throw new BadImageFormatException("An address lies outside all sections.");
        }

        private int FindStream(int root, string name)
        {
            int at = root + 16 + BitConverter.ToInt32(_image, root + 12);
            int count = BitConverter.ToUInt16(_image, at + 2);
            at += 4;
            for (int stream = 0; stream < count; stream++)
            {
                int end = Array.IndexOf(_image, (byte)0, at + 8);
                if (Encoding.ASCII.GetString(_image, at + 8, end - at - 8) == name) return root + BitConverter.ToInt32(_image, at);
                at = at + 8 + (end - at - 8) / 4 * 4 + 4;
            }

            throw new BadImageFormatException("The assembly has no metadata stream " + name + ".");
        }
    }
}
