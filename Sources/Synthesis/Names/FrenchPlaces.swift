/// Communes and streets of France.
///
/// A commune's fields: name, region (north and east, Paris and west, south), INSEE COG code, postal
/// code, thousands of inhabitants; countries of birth have no inhabitants.
enum FrenchPlaces {
    static let communes = """
        Lille|0|59350|59000|236
        Roubaix|0|59512|59100|98
        Tourcoing|0|59599|59200|98
        Dunkerque|0|59183|59140|87
        Valenciennes|0|59606|59300|43
        Calais|0|62193|62100|67
        Arras|0|62041|62000|42
        Lens|0|62498|62300|32
        Amiens|0|80021|80000|134
        Saint-Quentin|0|02691|02100|53
        Reims|0|51454|51100|181
        Troyes|0|10387|10000|62
        Charleville-Mézières|0|08105|08000|46
        Metz|0|57463|57000|120
        Thionville|0|57672|57100|41
        Nancy|0|54395|54000|105
        Strasbourg|0|67482|67000|287
        Mulhouse|0|68224|68100|108
        Colmar|0|68066|68000|68
        Dijon|0|21231|21000|159
        Besançon|0|25056|25000|118
        Belfort|0|90010|90000|46
        Épinal|0|88160|88000|32
        Paris 1er|1|75101|75001|16
        Paris 10e|1|75110|75010|86
        Paris 11e|1|75111|75011|143
        Paris 12e|1|75112|75012|140
        Paris 13e|1|75113|75013|179
        Paris 14e|1|75114|75014|135
        Paris 15e|1|75115|75015|229
        Paris 16e|1|75116|75016|163
        Paris 17e|1|75117|75017|165
        Paris 18e|1|75118|75018|191
        Paris 19e|1|75119|75019|184
        Paris 20e|1|75120|75020|190
        Boulogne-Billancourt|1|92012|92100|121
        Saint-Denis|1|93066|93200|113
        Argenteuil|1|95018|95100|110
        Montreuil|1|93048|93100|110
        Nanterre|1|92050|92000|96
        Créteil|1|94028|94000|92
        Versailles|1|78646|78000|84
        Colombes|1|92025|92700|86
        Aubervilliers|1|93001|93300|89
        Évry-Courcouronnes|1|91228|91000|67
        Meaux|1|77284|77100|55
        Rouen|1|76540|76000|112
        Le Havre|1|76351|76600|167
        Caen|1|14118|14000|106
        Cherbourg-en-Cotentin|1|50129|50100|78
        Rennes|1|35238|35000|220
        Brest|1|29019|29200|140
        Quimper|1|29232|29000|63
        Lorient|1|56121|56100|57
        Saint-Brieuc|1|22278|22000|44
        Nantes|1|44109|44000|318
        Saint-Nazaire|1|44184|44600|71
        Angers|1|49007|49000|155
        Le Mans|1|72181|72000|144
        Tours|1|37261|37000|137
        Orléans|1|45234|45000|116
        Poitiers|1|86194|86000|89
        La Rochelle|1|17300|17000|77
        Limoges|2|87085|87000|130
        Clermont-Ferrand|2|63113|63000|147
        Lyon 3e|2|69383|69003|103
        Lyon 7e|2|69387|69007|84
        Lyon 8e|2|69388|69008|86
        Villeurbanne|2|69266|69100|154
        Saint-Étienne|2|42218|42000|174
        Grenoble|2|38185|38000|158
        Annecy|2|74010|74000|130
        Chambéry|2|73065|73000|59
        Valence|2|26362|26000|64
        Marseille 3e|2|13203|13003|50
        Marseille 8e|2|13208|13008|82
        Marseille 12e|2|13212|13012|61
        Marseille 13e|2|13213|13013|92
        Marseille 15e|2|13215|13015|77
        Aix-en-Provence|2|13001|13100|147
        Toulon|2|83137|83000|178
        Nice|2|06088|06000|342
        Cannes|2|06029|06400|74
        Avignon|2|84007|84000|91
        Nîmes|2|30189|30000|148
        Montpellier|2|34172|34000|299
        Béziers|2|34032|34500|78
        Perpignan|2|66136|66000|119
        Toulouse|2|31555|31000|498
        Montauban|2|82121|82000|61
        Albi|2|81004|81000|48
        Pau|2|64445|64000|77
        Bayonne|2|64102|64100|52
        Bordeaux|2|33063|33000|260
        Mérignac|2|33281|33700|72
        Saint-Denis de la Réunion|2|97411|97400|153
        Algérie|2|99352|99999|0
        Portugal|2|99139|99999|0
        Sénégal|2|99341|99999|0
        """

    static let streets = """
        rue |de_la_République Victor_Hugo de_l'Église de_la_Mairie Pasteur Jean_Jaurès du_Moulin des_Écoles de_la_Gare Jules_Ferry des_Lilas des_Jardins de_la_Paix du_Stade Jean_Moulin de_la_Fontaine du_Château des_Acacias Émile_Zola des_Tilleuls Gambetta Louis_Pasteur de_Verdun de_Paris des_Rosiers des_Vignes du_Maréchal_Foch des_Fleurs Voltaire des_Prés Molière Saint-Jacques du_Général_de_Gaulle Anatole_France Nationale Pierre_Curie du_Lavoir des_Peupliers des_Cerisiers Carnot Jules_Guesde de_la_Liberté des_Champs Lamartine Marcel_Pagnol Jacques_Prévert Georges_Brassens Albert_Camus Saint-Exupéry Paul_Bert Danton Mirabeau Diderot Racine Corneille Balzac Lafayette Montaigne Rabelais Rousseau Condorcet du_Bois de_la_Forêt des_Chênes des_Bleuets des_Marronniers des_Hirondelles des_Mésanges du_Puits de_la_Poste du_Marché Traversière Haute Basse Neuve de_l'Hôpital Saint-Martin Saint-Michel Notre-Dame des_Capucins des_Carmes des_Cordeliers de_Bretagne de_Normandie d'Alsace de_Lorraine de_Bourgogne
        avenue |de_la_République Jean_Jaurès du_Général_Leclerc Victor_Hugo Charles_de_Gaulle de_la_Gare Foch Gambetta de_Paris de_la_Libération Henri_Barbusse Pierre_Mendès_France Pasteur du_8_Mai_1945 Aristide_Briand de_l'Europe Salvador_Allende Georges_Clemenceau des_Alpes de_Lyon de_Toulouse du_Parc Foch Jules_Ferry de_la_Marne Roosevelt
        boulevard |Gambetta Victor_Hugo de_la_République Voltaire Jean_Jaurès Carnot de_Strasbourg Pasteur Saint-Michel de_la_Liberté Henri_IV National Longchamp Baille Chave de_Magenta Ney Masséna Vauban Clemenceau de_l'Océan
        place |de_l'Église de_la_Mairie de_la_République du_Marché Jean_Jaurès de_la_Liberté Carnot Gambetta Saint-Pierre de_Verdun des_Halles Bellecour
        impasse |des_Lilas du_Moulin des_Acacias des_Cerisiers du_Puits des_Rosiers des_Mimosas de_la_Forge des_Jonquilles du_Verger des_Pins
        allée |des_Tilleuls des_Peupliers des_Cerisiers des_Chênes des_Érables des_Bouleaux des_Platanes du_Parc des_Pinsons
        chemin |des_Vignes du_Moulin de_la_Croix des_Écoliers de_Halage du_Bois des_Amandiers de_Ronde du_Lavoir Vert
        """
}
