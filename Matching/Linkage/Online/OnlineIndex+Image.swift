/// What a file keeps of an index, so that its records need not be encoded anew: each encoded record as
/// memory holds it, and the words whose numbers they have.
///
/// It is of one program on one kind of machine, as memory is. Keys are no part of it: making them takes
/// less than reading them would.
extension OnlineIndex {
    /// Bytes of a record's image.
    package static let imageBytes = MemoryLayout<EncodedPerson>.stride

    /// Appends the image of a slot, that of no record where it holds none, and takes note of its words.
    package func appendImage(
        of slot: UInt32, to bytes: inout [UInt8], _ words: inout ImageWords
    ) {
        let person = records.record(slot)?.pointee ?? EncodedPerson()
        words.note(person)
        withUnsafeBytes(of: person) { bytes.append(contentsOf: $0) }
    }

    /// The words that images have, and no others: for each its number, its length and its text.
    package func image(of words: ImageWords) -> [UInt8] {
        var bytes: [UInt8] = []
        words.forEach { number in
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
            tokens.appendText(number, to: &bytes)
        }
        return bytes
    }

    /// Begins to fill an empty index with images; nil where the words are none.
    package func beginFilling(records count: Int, words image: [UInt8]) -> ImageFilling? {
        precondition(self.count == 0 && count < Int(BlockTable.slotsMax), "the index is empty")
        guard let numbers = tokens.take(image: image) else { return nil }
        weights.extend(model, tokens: tokens)
        records.makeRoom(for: 0..<UInt32(count))
        return ImageFilling(slots: records.slots, tokens: tokens, numbers: numbers)
    }

    /// Enters what a filling has taken, on several threads: the more at once, the better.
    package func enter(_ taken: [ImageKeys], threads: Int) {
        count += taken.reduce(0) { $0 + $1.count }
        blocks.insert(taken.map(\.keys.blocks), records, tokens, threads: threads)
        looseKeys.insert(taken.map(\.keys.loose), threads: threads)
    }
}

/// The words that images have.
package struct ImageWords: Sendable {
    private var isUsed: [Bool] = []

    /// Of no image.
    package init() {}

    /// Takes the words of other images too.
    package mutating func formUnion(_ other: ImageWords) {
        if isUsed.count < other.isUsed.count {
            isUsed.append(
                contentsOf: repeatElement(false, count: other.isUsed.count - isUsed.count))
        }
        for number in other.isUsed.indices where other.isUsed[number] { isUsed[number] = true }
    }

    fileprivate mutating func note(_ person: EncodedPerson) {
        for index in 0..<4 {
            note(person.givenNames[index])
            note(person.surnames[index])
        }
    }

    private mutating func note(_ number: UInt32) {
        guard number != 0 else { return }
        if Int(number) >= isUsed.count {
            isUsed.append(
                contentsOf: repeatElement(false, count: (Int(number) + 1) * 2 - isUsed.count))
        }
        isUsed[Int(number)] = true
    }

    fileprivate func forEach(_ body: (UInt32) -> Void) {
        for number in isUsed.indices where isUsed[number] { body(UInt32(number)) }
    }
}

/// Takes images into the slots of an index, which nobody else reads or changes meanwhile; any number of
/// threads at once, each with slots of its own.
package struct ImageFilling: Sendable {
    fileprivate let slots: RecordStore.Slots
    fileprivate let tokens: TokenTable
    /// The index' number of each word of the images.
    fileprivate let numbers: [UInt32]

    /// Takes images one behind the other, the first into a slot; nil where they have other words.
    package func take(_ images: Span<UInt8>, slot: UInt32) -> ImageKeys? {
        let count = images.count / OnlineIndex.imageBytes
        let keys = BatchKeys(records: count)
        var held = 0
        for offset in 0..<count {
            var person = images.withUnsafeBytes {
                $0.loadUnaligned(
                    fromByteOffset: offset * OnlineIndex.imageBytes, as: EncodedPerson.self)
            }
            guard person.contentHash != 0 else { continue }
            guard let place = slots[slot + UInt32(offset)], knowsWords(of: person) else {
                return nil
            }
            person.renumber(numbers)
            place.pointee = person
            keys.append(RecordKeys(person, tokens), slot + UInt32(offset))
            held += 1
        }
        return ImageKeys(keys: keys, count: held)
    }

    private func knowsWords(of person: EncodedPerson) -> Bool {
        let highest = max(person.givenNames.max(), person.surnames.max())
        return Int(highest) < numbers.count
    }
}

/// The keys of some images, on their way into the index.
package struct ImageKeys: Sendable {
    fileprivate let keys: BatchKeys
    /// The records that have them.
    package let count: Int
}

extension TokenTable {
    /// Takes words, whose numbers here come back at their places; nil where the bytes are none.
    fileprivate mutating func take(image: [UInt8]) -> [UInt32]? {
        var numbers: [UInt32] = [0]
        var place = 0
        while place < image.count {
            guard image.count - place >= 6 else { return nil }
            let (number, count) = image.withUnsafeBytes { bytes in
                (
                    UInt32(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)),
                    UInt16(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: place + 4, as: UInt16.self))
                )
            }
            place += 6
            guard count > 0, Int(count) <= image.count - place, number < Self.queryBit,
                Int(number) >= numbers.count
            else { return nil }
            numbers.append(
                contentsOf: repeatElement(0, count: Int(number) + 1 - numbers.count))
            numbers[Int(number)] = intern(
                image.span.extracting(place..<place + Int(count)))
            place += Int(count)
        }
        return numbers
    }
}
