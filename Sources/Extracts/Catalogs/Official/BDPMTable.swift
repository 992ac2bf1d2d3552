internal import RegistryModel

/// The tables of France's public base of medicines that are read, and where their columns lie.
///
/// They have no headers, tabs between the columns, days as DD/MM/YYYY and commas in prices; layout of the
/// base's own description (base-donnees-publique.medicaments.gouv.fr). Columns beyond those that are
/// read may come and go between editions, so that only a row too short for its table is refused.
enum BDPMTable: String, CaseIterable {
    /// One row a medicine: CIS, name, form, routes, status of its authorisation, procedure,
    /// whether it is sold, day of authorisation, status, European number, holders, surveillance.
    case specialties = "CIS_bdpm"
    /// One row a pack: CIS, CIP7, label, status, declaration, its day, CIP13, agreed for
    /// communities, rate of reimbursement, price without fee, price, fee, indications.
    case presentations = "CIS_CIP_bdpm"
    /// One row a substance: CIS, element, code, substance, dose, what the dose is of, nature, link.
    case compositions = "CIS_COMPO_bdpm"
    /// One row a member of a generic group: group, its label, CIS, role, place.
    case generics = "CIS_GENER_bdpm"

    /// The columns that a row must have.
    var columnsMin: Int {
        switch self {
        case .specialties: 11
        case .presentations: 10
        case .compositions: 7
        case .generics: 4
        }
    }

    /// The table of a file's name, whose end may be any.
    init?(fileName: String) {
        let stem = fileName.split(separator: ".").first.map { $0.lowercased() } ?? ""
        guard let table = Self.allCases.first(where: { $0.rawValue.lowercased() == stem }) else {
            return nil
        }
        self = table
    }
}

/// One row of a table of the base.
struct BDPMRow {
    var line: Int
    var columns: [String]

    /// A column's text without blanks around it; empty where the row ends before it.
    subscript(index: Int) -> String { index < columns.count ? columns[index] : "" }
}
