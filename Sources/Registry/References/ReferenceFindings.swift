package import RegistryModel

/// A reference that leads nowhere.
package struct DanglingReference: Hashable, Sendable {
    /// What is wrong with it.
    package enum Problem: String, CaseIterable, Hashable, Sendable {
        /// Its catalog has no such code.
        case unknown
        /// What it names is over.
        case closed
        /// Nothing of its kind and authority was ever imported.
        case unregistered = "no-such-catalog"
    }

    package var catalog: CatalogKey
    /// The code of the entry that refers.
    package var code: String
    /// The field by which it refers.
    package var field: String
    /// What it names.
    package var reference: EntryReference
    package var problem: Problem
}

/// References that lead nowhere: how many of each sort, and the first of each.
package struct ReferenceFindings: Hashable, Sendable {
    /// References of one field of one catalog with one problem.
    package struct Sort: Hashable, Sendable {
        package var catalog: CatalogKey
        package var field: String
        package var problem: DanglingReference.Problem
    }

    /// An insurer that patients name and nobody knows.
    package struct UnknownInsurer: Hashable, Sendable {
        package var name: String
        /// How many records name it.
        package var records: Int
    }

    /// The first findings of a sort that are kept.
    package static let samplesMax = 10

    package private(set) var counts: [Sort: Int] = [:]
    package private(set) var samples: [Sort: [DanglingReference]] = [:]
    /// References looked at.
    package internal(set) var checked = 0
    /// Records of patients who live in places that are closed.
    package internal(set) var patients = 0
    /// Insurers that patients name and nobody knows, the most named first.
    package internal(set) var insurers: [UnknownInsurer] = []

    /// Findings of nothing.
    package init() {}

    /// Whether all is well.
    package var isEmpty: Bool { counts.isEmpty && patients == 0 && insurers.isEmpty }

    /// How many there are.
    package var total: Int { counts.values.reduce(0, +) }

    /// The sorts in the order of catalogs, fields and problems.
    package var sorts: [Sort] {
        counts.keys.sorted {
            ($0.catalog.text, $0.field, $0.problem.rawValue)
                < ($1.catalog.text, $1.field, $1.problem.rawValue)
        }
    }

    mutating func add(_ found: DanglingReference) {
        let sort = Sort(catalog: found.catalog, field: found.field, problem: found.problem)
        counts[sort, default: 0] += 1
        if samples[sort, default: []].count < Self.samplesMax {
            samples[sort, default: []].append(found)
        }
    }
}
