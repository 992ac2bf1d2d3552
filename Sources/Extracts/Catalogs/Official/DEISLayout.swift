internal import RegistryModel

extension TableLayout {
    /// Chile's table of health establishments, as DEIS publishes it.
    ///
    /// Columns are found by their names, which differ between editions. The code in force is the entry's;
    /// the old one, with its hyphen, stays among the identifiers as `cl-deis-old`. The health service is
    /// kept as an identifier as well, for it is not an establishment with a row of its own.
    static let deis = TableLayout(
        format: .deis,
        columns: [
            (
                "code",
                "código vigente,código nuevo,código establecimiento,código nuevo establecimiento"
            ),
            ("id.cl-deis-old", "código antiguo,código antiguo establecimiento"),
            (
                "id.cl-deis-mother",
                "código establecimiento madre,código madre,código madre nuevo"
            ),
            ("name.es", "nombre oficial,nombre establecimiento"),
            (
                "type",
                "tipo establecimiento glosa,tipo establecimiento,tipo de establecimiento,"
                    + "tipo establecimiento (glosa)"
            ),
            ("level", "nivel de atención,nivel atención"),
            ("complexity", "nivel de complejidad,complejidad"),
            (
                "ownership",
                "dependencia administrativa,dependencia,pertenencia al snss,"
                    + "tipo de pertenencia"
            ),
            (
                "id.cl-health-service",
                "código servicio de salud,código ss,código seremi servicio de salud,"
                    + "código dependencia jerárquica"
            ),
            ("status", "estado funcionamiento,estado de funcionamiento,estado"),
            ("opened", "fecha inicio funcionamiento,fecha inicio funcionamiento establecimiento"),
            ("closed", "fecha de cierre,fecha cierre"),
            ("place", "código comuna"), ("municipality", "nombre comuna,comuna"),
            ("address", "dirección,vía"), ("phone", "teléfono,teléfono (fono)"),
            ("latitude", "latitud,latitud wgs84"), ("longitude", "longitud,longitud wgs84"),
        ]
    ) { entry in
        entry.code = TableLayout.padded(entry.code, to: 6)
        entry[text: "place"] = entry[text: "place"].map { place in
            place.contains(":") ? place : "cl-comuna:" + TableLayout.padded(place, to: 5)
        }
        if entry["status"] == nil, entry["closed"] == nil {
            entry[text: "status"] = "active"
        }
    }
}
