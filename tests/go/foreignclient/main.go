// A client of the public log that shares nothing with the platform: signatures, tiles and proofs are checked by the Go
// project's own transparency log code (Debian's golang-golang-x-mod-dev: sumdb/note and sumdb/tlog). Norms TLG-3 to TLG-6.
//
//	foreignclient LOG [-key VKEY] [-older CHECKPOINT-FILE]
//
// LOG is a folder laid out like /log/, or its http address. The last line is "agrees: ..." or "fault: ..." (exit 1).
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

var errNotThere = errors.New("is not there")

type source func(path string) ([]byte, error)

func open(place string) source {
	if strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://") {
		return func(path string) ([]byte, error) {
			answer, err := http.Get(strings.TrimSuffix(place, "/") + "/" + path)
			if err != nil {
				return nil, err
			}
			defer answer.Body.Close()
			if answer.StatusCode == http.StatusNotFound {
				return nil, fmt.Errorf("%s %w", path, errNotThere)
			}
			if answer.StatusCode != http.StatusOK {
				return nil, fmt.Errorf("%s: %s", path, answer.Status)
			}
			return io.ReadAll(io.LimitReader(answer.Body, 64<<20))
		}
	}
	return func(path string) ([]byte, error) {
		data, err := os.ReadFile(filepath.Join(place, filepath.FromSlash(path)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s %w", path, errNotThere)
		}
		return data, err
	}
}

// C2SP tlog-tiles writes the path without the height, and a partial tile's width behind ".p/".
func tilePath(level string, n int64, width int) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	if width < 1<<height {
		text += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + text
}

// A partial tile may be gone once the full one is there.
func (s source) tile(level string, n int64, width int) ([]byte, bool, error) {
	data, err := s(tilePath(level, n, width))
	if err != nil && errors.Is(err, errNotThere) && width < 1<<height {
		if full, again := s(tilePath(level, n, 1<<height)); again == nil {
			return full, true, nil
		}
	}
	return data, false, err
}

// tileReader gives sumdb/tlog the tiles; tlog.TileHashReader authenticates each against the tree's root.
type tileReader struct{ source source }

func (tileReader) Height() int                     { return height }
func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, t := range tiles {
		data, full, err := r.source.tile(strconv.Itoa(t.L), t.N, t.W)
		if err != nil {
			return nil, err
		}
		if full && len(data) >= t.W*tlog.HashSize {
			data = data[:t.W*tlog.HashSize]
		}
		if len(data) != t.W*tlog.HashSize {
			return nil, fmt.Errorf("%s is %d bytes long", tilePath(strconv.Itoa(t.L), t.N, t.W), len(data))
		}
		all[i] = data
	}
	return all, nil
}

// A checkpoint: origin, size, root (C2SP tlog-checkpoint), in a note that the log signed.
func openCheckpoint(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is not of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("the checkpoint has no size")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("the checkpoint has no root")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// entries calls f for every entry of the bundles.
func entries(s source, size int64, f func(index int64, entry []byte) error) error {
	for first := int64(0); first < size; first += 1 << height {
		width := int(size - first)
		if width > 1<<height {
			width = 1 << height
		}
		data, full, err := s.tile("entries", first>>height, width)
		if err != nil {
			return err
		}
		for i := 0; i < width; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("the bundle at %d ends in the middle of an entry", first)
			}
			length := int(binary.BigEndian.Uint16(data))
			if err := f(first+int64(i), data[2:2+length]); err != nil {
				return err
			}
			data = data[2+length:]
		}
		if len(data) > 0 && !full {
			return fmt.Errorf("the bundle at %d is longer than its entries", first)
		}
	}
	return nil
}

func run(place, vkey, older string) error {
	s := open(place)
	if vkey == "" {
		text, err := s("key")
		if err != nil {
			return err
		}
		vkey = strings.TrimSpace(string(text))
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	text, err := s("checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(text, verifier)
	if err != nil {
		return err
	}
	fmt.Printf("log     %s\n", verifier.Name())
	fmt.Printf("signed  %d entries, root %s\n", tree.N, tree.Hash)

	// Every leaf hash comes twice: out of the tiles, authenticated by the root, and out of the entries themselves.
	tiles := tlog.TileHashReader(tree, tileReader{s})
	var stored []tlog.Hash // the tree built here from the entries
	built := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		all := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= int64(len(stored)) {
				return nil, fmt.Errorf("hash %d is not stored", index)
			}
			all[i] = stored[index]
		}
		return all, nil
	})
	kinds := map[string]int{}
	var indexes []int64
	var leaves []tlog.Hash
	compare := func() error {
		if len(indexes) == 0 {
			return nil
		}
		served, err := tiles.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i := range served {
			if served[i] != leaves[i] {
				return fmt.Errorf("an entry before %d is not the one its tile hashes", len(leaves))
			}
		}
		indexes, leaves = indexes[:0], leaves[:0]
		return nil
	}
	err = entries(s, tree.N, func(index int64, entry []byte) error {
		var leaf struct {
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal(entry, &leaf); err != nil || leaf.Kind == "" {
			return fmt.Errorf("entry %d is not a JSON object with a kind", index)
		}
		kinds[leaf.Kind]++
		hashes, err := tlog.StoredHashes(index, append([]byte(nil), entry...), built)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
		indexes = append(indexes, tlog.StoredHashIndex(0, index))
		leaves = append(leaves, tlog.RecordHash(entry))
		if len(indexes) == 1<<height {
			return compare()
		}
		return nil
	})
	if err == nil {
		err = compare()
	}
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(tree.N, built)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the entries make the root %s", root)
	}

	// Inclusion proofs out of the served tiles, for the ends and for some chosen by chance.
	chance := rand.New(rand.NewSource(int64(binary.BigEndian.Uint64(tree.Hash[:8]))))
	proved := 0
	for i := 0; i < 40 && tree.N > 0; i++ {
		index := chance.Int63n(tree.N)
		if i == 0 {
			index = 0
		} else if i == 1 {
			index = tree.N - 1
		}
		proof, err := tlog.ProveRecord(tree.N, index, tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, stored[tlog.StoredHashIndex(0, index)]); err != nil {
			return fmt.Errorf("inclusion of entry %d: %w", index, err)
		}
		proved++
	}
	// Consistency with smaller trees.
	consistent := 0
	check := func(before tlog.Tree) error {
		proof, err := tlog.ProveTree(tree.N, before.N, tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash); err != nil {
			return fmt.Errorf("the log of %d entries does not continue that of %d: %w", tree.N, before.N, err)
		}
		consistent++
		return nil
	}
	for i := 0; i < 20 && tree.N > 1; i++ {
		before := tlog.Tree{N: 1 + chance.Int63n(tree.N-1)}
		if before.Hash, err = tlog.TreeHash(before.N, built); err != nil {
			return err
		}
		if err := check(before); err != nil {
			return err
		}
	}
	if older != "" {
		text, err := os.ReadFile(older)
		if err != nil {
			return err
		}
		before, err := openCheckpoint(text, verifier)
		if err != nil {
			return err
		}
		if before.N > tree.N {
			return fmt.Errorf("the log had %d entries once and has %d now", before.N, tree.N)
		}
		if before.N > 0 {
			if err := check(before); err != nil {
				return err
			}
		}
	}
	var names []string
	for kind := range kinds {
		names = append(names, kind)
	}
	sort.Strings(names)
	for _, kind := range names {
		fmt.Printf("  %-10s  %d\n", kind, kinds[kind])
	}
	fmt.Printf("proofs  %d of inclusion, %d of consistency\n", proved, consistent)
	fmt.Printf("agrees: %d entries, root %s\n", tree.N, tree.Hash)
	return nil
}

func main() {
	key := flag.String("key", "", "the verifier key the log must be signed by; without it, the log's own")
	older := flag.String("older", "", "a file with an earlier checkpoint that this log must continue")
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: foreignclient [-key VKEY] [-older FILE] LOG") }
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *key, *older); err != nil {
		fmt.Println("fault:", err)
		os.Exit(1)
	}
}
