internal import RegistryModel

extension TableLayout {
    /// Peru's register of establishments (RENIPRESS), as SUSALUD publishes it.
    ///
    /// Columns are found by their names, which have changed between editions. Codes of eight digits have
    /// often lost their zeros, and so have ubigeos of six; both are restored. Which of `NORTE` and `ESTE`
    /// holds the latitude has differed as well: in Peru the two ranges do not meet, so values tell.
    static let renipress = TableLayout(
        format: .renipress,
        columns: [
            ("code", "código único,codigo_unico,cod_ipress,código ipress,codigo renipress,código"),
            ("name.es", "nombre del establecimiento,nombre,establecimiento,nombre comercial"),
            ("legal_name", "razón social"), ("id.pe-ruc", "ruc"),
            ("type", "clasificación,tipo,tipo de establecimiento"), ("level", "categoría"),
            ("ownership", "institución"),
            ("status", "condición,estado"),
            ("opened", "inicio de actividad,fecha de inicio de actividad"),
            ("place", "ubigeo"), ("municipality", "distrito"), ("address", "dirección"),
            ("parent.network", "código red,cod_red"),
            ("phone", "teléfono"), ("opening_hours", "horario json"),
            ("latitude", "norte"), ("longitude", "este"),
            ("beds.total", "camas,número de camas"),
        ]
    ) { entry in
        entry.code = TableLayout.padded(entry.code, to: 8)
        entry[text: "place"] = entry[text: "place"].map { place in
            place.contains(":") ? place : "pe-ubigeo-inei:" + TableLayout.padded(place, to: 6)
        }
        let parts = [entry[text: "latitude"], entry[text: "longitude"]].compactMap { $0 }
        entry[text: "latitude"] = parts.first { TableLayout.lies($0, in: -19 ... -0.01) }
        entry[text: "longitude"] = parts.first { TableLayout.lies($0, in: -82 ... -68) }
        if entry["latitude"] == nil || entry["longitude"] == nil {
            entry["latitude"] = nil
            entry["longitude"] = nil
        }
    }

    /// Digits with the zeros in front that a spreadsheet took; other texts as they are.
    static func padded(_ text: String, to length: Int) -> String {
        guard text.utf8.count < length, !text.isEmpty,
            text.utf8.allSatisfy({ $0 &- 0x30 <= 9 })
        else { return text }
        return String(repeating: "0", count: length - text.utf8.count) + text
    }

    static func lies(_ text: String, in range: ClosedRange<Double>) -> Bool {
        Double(text).map(range.contains) ?? false
    }
}
