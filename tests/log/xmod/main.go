// Command xmod verifies a log's folder with the real code of golang.org/x/mod, which knows nothing of ours:
// the checkpoint's signatures, every entry's hash against its tile, every tile against the ones below it,
// the root, and proofs of inclusion and consistency, made from the tiles and checked against the root.
//
//	xmod FOLDER VKEY [COSIGNER-VKEY ...]
//
// x/mod reads tiles as tile/8/<level>/<number>, and its verifiers know no cosignatures: both are mapped here.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// cosigner verifies signatures of type 4 of C2SP tlog-cosignature.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, msg)), sig[8:])
}

func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("%s is no verifier key", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, fmt.Errorf("%s is no cosigner's key", vkey)
	}
	sum := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:]), key[1:]}, nil
}

// tiles is a folder of tiles, under the names that tlog-tiles gives them.
type tiles string

func (t tiles) path(tile tlog.Tile) string {
	return strings.Replace(strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1), "tile/8/", "tile/", 1)
}
func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) read(tile tlog.Tile) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(t), t.path(tile)))
}
func (t tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range want {
		data, err := t.read(tile)
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder, vkey string, cosigners []string) error {
	tree, err := open(folder, vkey, cosigners)
	if err != nil {
		return err
	}
	stored, err := entries(tiles(folder), tree)
	if err != nil {
		return err
	}
	if err := sameTiles(tiles(folder), tree, stored); err != nil {
		return err
	}
	included, consistent, err := proofs(tiles(folder), tree, stored)
	if err != nil {
		return err
	}
	fmt.Printf("ok %d entries %d inclusion %d consistency\n", tree.N, included, consistent)
	return nil
}

func open(folder, vkey string, cosigners []string) (tlog.Tree, error) {
	signer, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	verifiers := []note.Verifier{signer}
	for _, text := range cosigners {
		verifier, err := newCosigner(text)
		if err != nil {
			return tlog.Tree{}, err
		}
		verifiers = append(verifiers, verifier)
	}
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(opened.Sigs) != len(verifiers) {
		return tlog.Tree{}, fmt.Errorf("%d of %d keys signed", len(opened.Sigs), len(verifiers))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != signer.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", signer.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// entries is every hash that x/mod stores for a log of these entries, computed from the bundles alone.
func entries(folder tiles, tree tlog.Tree) ([]tlog.Hash, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, at := range indexes {
			out = append(out, stored[at])
		}
		return out, nil
	})
	for n := int64(0); n < tree.N; {
		width := tree.N - n
		if width > 256 {
			width = 256
		}
		data, err := folder.read(tlog.Tile{H: 8, L: -1, N: n / 256, W: int(width)})
		if err != nil {
			return nil, err
		}
		for end := n + width; n < end; n++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("entry %d is cut short", n)
			}
			length := int(binary.BigEndian.Uint16(data))
			hashes, err := tlog.StoredHashes(n, data[2:2+length], reader)
			if err != nil {
				return nil, err
			}
			stored = append(stored, hashes...)
			data = data[2+length:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("%d bytes after entry %d", len(data), n-1)
		}
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		return nil, fmt.Errorf("the entries have the root %v, the checkpoint %v (%v)", root, tree.Hash, err)
	}
	return stored, nil
}

func sameTiles(folder tiles, tree tlog.Tree, stored []tlog.Hash) error {
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, at := range indexes {
			out = append(out, stored[at])
		}
		return out, nil
	})
	for level, hashes := 0, tree.N; hashes > 0; level, hashes = level+1, hashes/256 {
		for n := int64(0); n*256 < hashes; n++ {
			width := hashes - n*256
			if width > 256 {
				width = 256
			}
			tile := tlog.Tile{H: 8, L: level, N: n, W: int(width)}
			want, err := tlog.ReadTileData(tile, reader)
			if err != nil {
				return err
			}
			got, err := folder.read(tile)
			if err != nil || string(got) != string(want) {
				return fmt.Errorf("%s is not the tile that the entries make (%v)", folder.path(tile), err)
			}
		}
	}
	return nil
}

// proofs are made by reading our tiles as x/mod does, and checked against the root that was signed.
func proofs(folder tiles, tree tlog.Tree, stored []tlog.Hash) (included, consistent int, err error) {
	reader := tlog.TileHashReader(tree, folder)
	for n := int64(0); n < tree.N; n += 1 + tree.N/50 {
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return 0, 0, err
		}
		leaf := stored[tlog.StoredHashIndex(0, n)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf); err != nil {
			return 0, 0, fmt.Errorf("entry %d: %v", n, err)
		}
		included++
	}
	for old := int64(1); old < tree.N; old += 1 + tree.N/20 {
		root, err := tlog.TreeHash(old, reader)
		if err != nil {
			return 0, 0, err
		}
		proof, err := tlog.ProveTree(tree.N, old, reader)
		if err != nil {
			return 0, 0, err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old, root); err != nil {
			return 0, 0, fmt.Errorf("size %d: %v", old, err)
		}
		consistent++
	}
	return included, consistent, nil
}
