internal import Identity
internal import Linkage
internal import RegistryModel

/// One record that the engine finds for another.
struct MatcherCandidate: Sendable {
    var slot: UInt32
    /// In bits, prior included.
    var weight: Double
    /// 0…1.
    var probability: Double
    /// Whether the two records contradict each other, whatever the weight says.
    var isVetoed: Bool

    init(_ candidate: OnlineCandidate) {
        slot = candidate.slot
        weight = Double(candidate.weight)
        probability = candidate.probability
        isVetoed = candidate.isVetoed
    }
}

/// The engine's index as the registry uses it.
///
/// Record numbers are slots, and a query may look at the older records alone.
///
/// Guarded with the index that holds it: any number of threads ask, one changes.
///
/// Records of which nobody has to be found any more may be entered late: they wait until somebody asks or
/// changes anything, who then enters all of them, which takes a fraction of what one after the other does.
struct Matcher {
    /// The least weight of a candidate that is answered at all, in bits.
    static let weightMin: Float = -10
    /// The most candidates that the engine answers.
    static let candidatesMax = OnlineIndex.candidatesMax

    /// The engine's index, which may lack those that wait.
    private let entered: OnlineIndex
    private let late = LateRecords()
    /// Which records that were entered are changed or taken out.
    private(set) var changes = RecentChanges()

    /// Creates an empty index of a model.
    init(model: LinkageModel) { entered = OnlineIndex(model: model) }

    /// The engine's index with all records.
    private var index: OnlineIndex {
        late.enter(into: entered)
        return entered
    }

    /// The bytes that the engine holds.
    var byteCount: Int { index.byteCount }

    /// Weighs by another model from now on.
    mutating func use(_ model: LinkageModel) { entered.use(model) }

    /// Adds records that have the numbers of the index' words, the first under a slot, the others behind
    /// it, as late as they are needed.
    mutating func insertLate(_ records: consuming EncodedRecords, slot: UInt32) {
        late.append(records, slot: slot, to: entered)
    }

    /// Enters what waits for somebody who asks, and for a minute what comes; any number of threads may, for those that
    /// come meanwhile wait.
    func enterLate() { late.enterForAsker(into: entered) }

    /// Enters what waits where it is as much as may wait.
    func enterManyLate() { late.enterMany(into: entered) }

    /// Adds a record of a source.
    mutating func insert(_ slot: UInt32, _ person: PersonRecord, source: Int32) {
        index.insert(person, slot: slot, realm: Realm(ofSource: source))
    }

    /// Replaces the content of a record of a source.
    mutating func update(_ slot: UInt32, _ person: PersonRecord, source: Int32) {
        changes.append(slot)
        index.update(person, slot: slot, realm: Realm(ofSource: source))
    }

    /// Takes a record out.
    mutating func remove(_ slot: UInt32) {
        changes.append(slot)
        index.remove(slot: slot)
    }

    /// Takes a record out that was entered for a batch which comes to nothing: nobody has seen it.
    mutating func withdraw(_ slot: UInt32) {
        if !late.removeLast(slot) { index.remove(slot: slot) }
    }

    /// Adds records encoded beforehand, the first under a slot, the others behind it, on several
    /// threads; their slots hold none yet.
    mutating func insert(
        _ records: inout EncodedRecords, _ range: Range<Int>, slot: UInt32, threads: Int
    ) {
        index.insert(&records, range, slot: slot, threads: threads)
    }

    /// Takes the words of records that will be entered, and gives the records their numbers here.
    mutating func takeWords(of records: inout EncodedExtract) { records.giveWords(to: entered) }

    /// Adds the records of a range of slots to a population that has the numbers of the index' words.
    func append(_ slots: Range<UInt32>, to population: inout Population) {
        index.append(slots, to: &population)
    }

    /// Adds many records encoded beforehand at once, on several threads; their slots hold none yet.
    mutating func insert(_ pieces: consuming [EncodedRecords], slot: UInt32, threads: Int) {
        index.insert(pieces, slot: slot, threads: threads)
    }

    /// Adds a record to what a snapshot keeps, so that it need not be encoded anew.
    func appendImage(of slot: UInt32, to bytes: inout [UInt8], _ words: inout ImageWords) {
        index.appendImage(of: slot, to: &bytes, &words)
    }

    /// The words of records that a snapshot keeps.
    func image(of words: ImageWords) -> [UInt8] { index.image(of: words) }

    /// Begins to fill an empty engine with what a snapshot kept; nil where its words are none.
    mutating func beginFilling(records: Int, words: [UInt8]) -> ImageFilling? {
        index.beginFilling(records: records, words: words)
    }

    /// Enters what a filling has taken.
    mutating func enter(_ taken: [ImageKeys], threads: Int) {
        index.enter(taken, threads: threads)
    }

    /// Whether a slot holds a record that can be found.
    func holds(_ slot: UInt32) -> Bool { index.contentHash(of: slot) != nil }

    /// A hash of what the record of a slot says; nil where there is none, or where it waits to be entered.
    func contentHash(of slot: UInt32) -> UInt64? { entered.contentHash(of: slot) }

    /// What two records weigh against each other; nil where they contradict each other.
    func weight(of person: PersonRecord, against other: PersonRecord) -> Double? {
        let explanation = MatchExplanation(left: person, right: other, model: entered.model)
        return explanation.isVetoed ? nil : Double(explanation.total)
    }

    /// For each record in a range of slots, those below its slot that may be of one person with it,
    /// the heaviest first.
    ///
    /// Equal weights stand in the order of content.
    func candidates(
        forSlots range: Range<UInt32>, weightMin: Double, limit: Int
    ) -> [[MatcherCandidate]] {
        index.matchHeld(range, limit: limit, minimumWeight: Float(weightMin)).map { found in
            found.map(MatcherCandidate.init)
        }
    }

    /// The records below a slot that may be of one person with a record's next version, itself among them.
    func candidates(ofNextVersion row: SubmittedRow, below: UInt32) -> [MatcherCandidate] {
        candidates(
            for: row.person, of: Realm(ofSource: row.source), below: below,
            weightMin: Double(Matcher.weightMin), limit: Matcher.candidatesMax)
    }

    /// The records of a realm below a slot that may be of one person with a record, the heaviest first.
    ///
    /// Equal weights stand in the order of content.
    func candidates(
        for person: PersonRecord, of realm: Realm, below: UInt32, weightMin: Double, limit: Int
    ) -> [MatcherCandidate] {
        if late.count > 0 { enterLate() }
        return entered.match(
            person, realm: realm, below: below, limit: limit, minimumWeight: Float(weightMin)
        ).map(MatcherCandidate.init)
    }
}

extension EncodedRecords {
    /// Encodes rows, each as one of its realm, and makes their keys.
    init(rows: some Sequence<SubmittedRow>) {
        self.init(capacity: rows.underestimatedCount)
        for row in rows { append(row.person, realm: Realm(ofSource: row.source)) }
        makeKeys()
    }
}
