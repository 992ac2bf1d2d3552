internal import Identity

/// What registers call the few states that a field of choices knows.
enum ChoiceWords {
    /// The one of some words that a text means; nil where it means none.
    static func word(_ text: String, among words: [String]) -> String? {
        let folded = NameFolding.folded(text)
        if let word = words.first(where: { NameFolding.folded($0) == folded }) { return word }
        return meanings[folded]?.first(where: words.contains)
    }

    /// The words that mean something, the likeliest first: what closes a facility retires a drug.
    private static let meanings: [String: [String]] = {
        let active = ["active"]
        let over = ["closed", "retired", "cancelled"]
        let rest = ["suspended"]
        let groups: [(String, [String])] = [
            (
                "activo,activa,vigente,habilitado,en funcionamiento,operativo,abierto,actif,active,"
                    + "ouvert,en activite,en vigueur,open,operational,enabled,valid,in force,"
                    + "autorisation active,autorizado,commercialisee,فعال,معتبر,دایر",
                active
            ),
            (
                "cerrado,cerrada,cierre definitivo,baja,inactivo,inactiva,no vigente,derogado,ferme,"
                    + "fermee,cesse,inactif,abroge,perime,closed,inactive,retired,withdrawn,deleted,"
                    + "cancelado,anulado,resilie,radie,cancelled,terminated,autorisation archivee,"
                    + "autorisation abrogee,autorisation retiree,غیرفعال,تعطیل,باطل,لغو شده",
                over
            ),
            (
                "suspendido,suspendida,cierre temporal,restringido,suspendu,suspendue,suspended,"
                    + "autorisation suspendue,on hold,معلق,موقتا تعطیل",
                rest
            ),
            ("revocado,revocada,revoque,radiation,revoked,struck off,ابطال", ["revoked"]),
            ("vencido,caducado,expire,expired,منقضی", ["expired"]),
            ("fusionado,fusionne,merged,ادغام", ["merged"]),
            ("en proyecto,proyecto,en projet,planned,در دست احداث", ["planned"]),
            ("medicamento,farmaco,medicament,medicine,medication,دارو", ["drug"]),
            (
                "equipo,equipamiento,dispositivo,dispositivo medico,equipement,dispositif medical,"
                    + "device,medical device,تجهیزات,تجهیزات پزشکی",
                ["equipment"]
            ),
            ("princeps,referente,referencia,reference", ["reference"]),
            ("generico,generique,generic,ژنریک", ["generic"]),
            ("lunes,lundi,monday,دوشنبه", ["mon"]), ("martes,mardi,tuesday,سه شنبه", ["tue"]),
            ("miercoles,mercredi,wednesday,چهارشنبه", ["wed"]),
            ("jueves,jeudi,thursday,پنجشنبه", ["thu"]),
            ("viernes,vendredi,friday,جمعه", ["fri"]),
            ("sabado,samedi,saturday,شنبه", ["sat"]),
            ("domingo,dimanche,sunday,یکشنبه", ["sun"]),
        ]
        var meanings: [String: [String]] = [:]
        for (texts, words) in groups {
            for text in texts.split(separator: ",") {
                meanings[NameFolding.folded(String(text))] = words
            }
        }
        return meanings
    }()
}
