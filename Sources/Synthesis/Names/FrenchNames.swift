/// Names of people in France, the commonest first; given names by era of birth:
/// before 1950, 1950 to 1974, 1975 to 1995, since.
enum FrenchNames {
    static let surnames = """
        Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel
        Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine
        Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier
        François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu
        Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun
        Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche
        Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas
        Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq
        Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin
        Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier
        Marty Aubry Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly
        Hervé Schneider Fernandez Collet Léger Bouvier Julien Prévost Millet Perrot Daniel Le_Gall
        Cousin Germain Breton Besson Langlois Rémy Le_Goff Pelletier Lévêque Perrier Leblanc Barré
        Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet
        Étienne Grondin Poulain Tessier Chevallier Collin Chauvin Da_Silva Bouchet Gay Lemaître
        Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune
        Gilbert Lamy Delaunay Pasquier Carlier Laporte Gros Buisson Briand Alexandre Georges Bourdon
        Le_Roux Allard Delattre Guillet Coulon Hebert Ferrand Tanguy Lebreton Camus Bazin Bouvet
        Delmas Jourdan Charrier Evrard Launay Pons Rousset Bodin Le_Corre Raynaud Marion Couturier
        Cohen Maury Devaux Besnard Marin Leduc Salmon Vallée Hardy Rossi Costa Gomez Baudry Coste
        Godard Mahé Toussaint Bertholet Deschamps Lombard Merle Masse Ollivier Blot Pottier Lacombe
        Ferry Chartier Verdier Guillon Texier Tournier Parent Prigent Peltier Valentin Blondel Gallet
        Le_Bris Maurice Letellier Ruiz Courtois Duhamel Regnier Leconte Legros Chauvet Lopes Bigot
        Didier Voisin Billard Marechal Jacquot Albert Delage Rigaud Sabatier Thibault Wagner Bruneau
        De_Sousa Mace Guignard Vaillant Jung Zimmermann Lang Fischer Becker Kieffer Schwartz Wolff
        """

    static let surnameTail = SurnameTail(families: [
        (
            stems: """
            Alb Ald All Amb Ang Ans Ard Arn Aub Aud Aur Bab Bach Bal Ball Bar Bard Barr Bass Bast
            Baud Beau Bed Bell Ber Bert Bes Bess Bid Bill Bis Blanch Blond Bod Boiss Bon Bonn Bord
            Bos Bouch Boud Bouill Boul Bour Bourd Bout Bouv Brass Brég Bret Bri Brill Broch Bross
            Bruch Brun Buff Buis Cad Caill Call Camb Can Capd Card Carr Cast Caz Chab Chal Cham
            Champ Chan Chap Char Charb Chard Chass Chaud Chaum Chev Chol Clav Cler Coch Coll Comb
            Cond Corb Cord Corn Coss Cott Coud Coul Cour Court Cout Crép Croz Dag Dal Dam Dard Daub
            Dav Del Desm Dev Din Dor Douc Drou Dub Duch Dufr Dum Dur Esc Esp Fab Fav Fér Ferr Feuill
            Fil Flam Flor Fond Font Forg Foss Fouc Foug Fourn Frad Franç Fress Gad Gag Gal Gall Gamb
            Gand Garr Gasp Gaud Gauch Gen Ger Gill Gir God Gon Goss Goub Goug Goul Gour Grand Grang
            Grav Gren Grim Gros Guen Guér Guib Guich Guill Haut Hél Herb Host Hub Hug Jac Jail Jam
            Jarr Jaub Jol Joub Jour Jul Labor Lac Lad Lag Lall Lam Lanc Land Lang Lap Lard Laur Lav
            Léon Liot Log Lor Louv Mac Mag Maill Mal Mall Mand Mang Manc Marc Marg Marqu Mart Mass
            Math Maub Mauc Maur Maz Mén Mér Mich Mign Mill Mol Monc Mond Mont Mor Mouch Moul Mour
            Nad Nav Nic Nog Nor Odd Oll Pag Pail Pal Pap Par Pasc Pat Paul Peg Pell Pen Per Pet Peyr
            Pic Pig Pill Pin Plan Poch Poin Pom Pont Porch Port Pouch Poul Pouss Prad Prév Prun Quén
            Rab Rag Ram Rav Ray Reg Rem Ren Rib Rich Rig Rim Riv Rob Roch Rod Rol Rond Roq Ross Roug
            Rouss Rouv Sabl Sal Sarr Saul Saur Sav Seg Sén Serr Sim Sorb Souch Soul Suz Tail Tall Tard
            Tax Teiss Terr Thév Thib Thiv Toul Tourn Tren Trib Tron Vach Val Vall Van Var Vass Vaud
            Vaut Verd Verg Vern Vial Vid Vign Vill Vinc Viv Voll
            """,
            endings: """
            ard aud ault eau el elle elet eleau er et ette ier ière iez in on ot otte oux ou ois
            ain aine and ant at as ac ade age eron erot eret eur ereau illon illot inet inot ineau
            onneau onnet onnier ouin ousse iaud euil elin elot asson ichon
            """
        ),
        (
            stems: "Ker Le_ Pen Tré Gué Plou Coat_ Ros Quéré Lan",
            endings: """
            brat bars gall guen goat dran forn merrer meur moal moigne nan pen roux vern ven voas
            mar morvan hervé leau ambrun bihan bourhis braz calvez floch fur garrec gac gloanec
            guellec hénaff houérou lann lay lous léon marec menn nédic névez pape quéau rest
            saout sech tallec treut vaillant veillec donval sauzic dreau
            """
        ),
        (
            stems: """
            Acker Bau Berg Bitsch Blum Brand Buch Burg Diet Eber Ehr Eisen Engel Fels Feld Frey Frit
            Gang Geis Gold Grün Gut Haber Heit Herr Hirsch Hoch Hoff Holz Horn Kauff Kern Kirch Kling
            Koch Krae Kuhn Lauten Licht Linden Loeb Neu Ober Oster Rein Rhein Riet Rosen Roth Sand
            Schaff Schae Schil Schoen Schuh Spiel Stein Stoeck Stras Vogel Walt Wein Weiss Wer Wild
            Wolf Zieg Zim
            """,
            endings: "mann er berger bach meyer ler ner stein ling ner bert hard hauser inger ig"
        ),
    ])

    static let femaleGiven = [
        """
        Marie Jeanne Monique Jacqueline Denise Yvette Simone Madeleine Suzanne Yvonne Odette Paulette
        Ginette Lucienne Marguerite Germaine Hélène Renée Louise Marcelle Thérèse Micheline Raymonde
        Nicole Colette Josette Christiane Françoise Huguette Andrée Georgette Gisèle Claudine Lucette
        Bernadette Michèle Pierrette Solange Geneviève Cécile Élise Henriette Éliane Claude Annie
        Arlette Marie-Louise Marie-Thérèse Marthe Berthe Liliane Jeannine Mauricette
        """,
        """
        Marie Sylvie Christine Martine Isabelle Catherine Nathalie Françoise Brigitte Véronique
        Patricia Chantal Corinne Monique Valérie Sandrine Pascale Dominique Annie Nicole Michèle
        Laurence Florence Évelyne Anne Claudine Sophie Danielle Jocelyne Josiane Béatrice Agnès
        Ghislaine Joëlle Marie-Christine Fabienne Muriel Christiane Marie-Claude Élisabeth Carole
        Mireille Viviane Maryse Geneviève Marie-Hélène Marie-Pierre Anne-Marie Hélène Karine
        Stéphanie Régine Sabine Roselyne Marie-Line Bénédicte
        """,
        """
        Émilie Céline Stéphanie Aurélie Julie Virginie Laetitia Élodie Sandrine Laura Marion Audrey
        Delphine Caroline Amandine Sophie Mélanie Marie Jennifer Vanessa Anaïs Pauline Sabrina Camille
        Charlotte Marine Manon Jessica Claire Lucie Mathilde Morgane Sarah Cindy Fanny Nathalie Estelle
        Alexandra Cécile Gaëlle Magali Séverine Mélissa Élise Justine Hélène Amélie Alice Aline Coralie
        Alexia Anne-Sophie Nadège Angélique Laure Noémie Juliette Emmanuelle Margaux Ophélie Solène
        Marie-Laure Christelle Karine
        """,
        """
        Léa Emma Chloé Camille Manon Inès Jade Louise Sarah Clara Lola Alice Lina Zoé Eva Lucie Anna
        Juliette Ambre Romane Océane Mathilde Marie Pauline Laura Rose Julia Maëlys Lou Mila Agathe
        Margaux Elisa Noémie Louane Charlotte Célia Jeanne Léna Julie Justine Anaïs Éléna Lilou Léonie
        Victoria Nina Margot Marine Capucine Lana Victoire Iris Romy Alix Mia Charlie Olivia Adèle
        Clémence Apolline Héloïse Gabrielle Elsa Élise Ophélie Morgane Alba Alma Valentine Lou-Anne
        Anne-Laure Emy Constance Lily-Rose Maëlle Giulia
        """,
    ]

    static let maleGiven = [
        """
        Jean André Pierre Marcel René Roger Robert Louis Georges Henri Jacques Michel Maurice Claude
        Raymond Paul Guy Gérard Bernard Roland Lucien Gilbert Albert Charles Gaston Fernand François
        Marc Joseph Émile Serge Léon Daniel Maxime Yves Christian Alfred Jean-Claude Jean-Pierre
        Eugène Edmond Gabriel Lucien Camille Francis Alain Edouard Antoine Étienne Noël Firmin
        Marius Auguste
        """,
        """
        Michel Philippe Patrick Alain Christian Pascal Bernard Éric Thierry Didier Daniel Jean-Pierre
        Gérard Dominique Christophe Laurent Bruno Gilles Jean-Claude Marc Serge Frédéric Olivier
        Stéphane Jean Jacques Pierre Denis Hervé Jean-Luc Jean-Paul Jean-Marc Jean-Michel François
        Claude Franck Joël Patrice Guy Yves Vincent Fabrice Francis Jean-François Xavier Régis Yannick
        Jean-Louis Jean-Jacques Sylvain Jérôme Jean-Yves Luc Emmanuel Jean-Marie Gilbert Thomas
        Jean-Christophe Benoît Ludovic Lionel
        """,
        """
        Nicolas Julien Sébastien Alexandre Guillaume Thomas Romain Kévin Anthony Jérémy Maxime David
        Christophe Mathieu Jonathan Vincent Benjamin Pierre Florian Frédéric Cédric Clément Laurent
        Damien Olivier Adrien Antoine Arnaud Mickaël Jérôme Stéphane Quentin Aurélien François
        Grégory Fabien Ludovic Valentin Alexis Simon Yoann Samuel Paul Loïc Xavier Baptiste Dylan
        Steven Rémi Benoît Emmanuel Bastien Lucas Sylvain Jordan Yann Rémy Gaëtan Jean-Baptiste
        Cyril Franck Thibault Louis Ludwig Charles Pierre-Yves Gaël
        """,
        """
        Lucas Enzo Hugo Louis Gabriel Nathan Théo Thomas Léo Raphaël Jules Clément Arthur Mathis Adam
        Maxime Ethan Tom Paul Antoine Noah Alexandre Alexis Quentin Valentin Romain Baptiste Maël
        Sacha Axel Victor Martin Gabin Nolan Évan Mathéo Timéo Liam Aaron Simon Nicolas Robin Noé
        Rayan Antonin Eliott Samuel Augustin Pierre Julien Marius Malo Théodore Léon Côme Gaspard
        Kylian Dylan Matteo Oscar Benjamin Tristan Titouan Yanis Naël Lenny Lorenzo Esteban Mathieu
        Ewen Jean Isaac Basile Adrien Charles Tiago Milo Marceau Ayden Jean-Baptiste Pierre-Louis
        """,
    ]

    static let maghrebSurnames = """
        Benali Mohamed Ali Ahmed Haddad Mansouri Bouzid Belkacem Saïdi Brahimi Hamdi Slimani Cherif
        Bensaïd Amrani Mokhtari Khelifi Ben_Salah Ben_Ali Ben_Ahmed Ben_Amar El_Amrani El_Idrissi
        El_Mansouri El_Alaoui Trabelsi Jaziri Bouchareb Boudjemaa Boukhari Bouaziz Belhadj Benamar
        Benabdallah Bencheikh Benhamou Benmoussa Berrada Tazi Alaoui Idrissi Naciri Ziani Zerouali
        Yahiaoui Tahri Taleb Touati Toumi Soltani Sebti Salhi Rahmani Ouali Ouahabi Nasri Messaoudi
        Meziane Mebarki Mahdjoub Larbi Lahcen Kaddour Kaci Kadri Hadj Hamidi Guerroudj Ghezal
        Ferhat Fares Djebbar Daoudi Charef Chaouch Bouras Bourgiba Boulahia Belaïd Bekkouche Azzouz
        Ayad Aouad Amara Abdallah Abbas Zouaoui Ait_Ahmed Ait_Ali Oukacha Chergui Rezgui Gharbi
        """

    static let maghrebSurnameTail = SurnameTail(families: [
        (
            stems: "Ben Bel Bou El_ Ben_ Ould_ Aït_ Abd_El_ Oul Had",
            endings: """
            achour adda allal amara amrouche aouda arbi ayada aziz bachir brahim chikh daoud djeddi
            djillali fatah ferhat ghalem habib hadj hafid haddou halim hamida hamouda harrat hassen
            kacem kader karim khaled khalifa khedda lahcen lakhdar larbi madani mahfoud mahmoud
            malek mansour merzoug messaoud mimoun mokhtar mostefa mouloud moussa nacer nadir naïm
            omar rabah rahal rachid ramdane rezki sabri saci sadek safi salah salem sassi sebaa slama
            slimane taïeb tahar tayeb touhami yacine yahia yamina younes youssef zaïd zekri zerrouk
            zine zitoun zouina
            """
        ),
        (
            stems:
                "Abdel Bach Bouk Chab Cher Daou Djel Ferr Ghan Hach Ham Has Kech Khal Lak Mahm Mek Mess Nour Ouad Rach Sah Sell Tah Zeg Zian",
            endings: "aoui ouche ani ami ari oune oudi iche ane ali ouri ekh ib our oui"
        ),
    ])

    static let maghrebFemaleGiven = [
        "Fatma Fatima Khadija Aïcha Zohra Yamina Kheira Rabia Halima Messaouda Mebarka Ouarda Zineb Tassadit",
        "Fatima Malika Nadia Fatiha Zohra Khadija Aïcha Rachida Yamina Saïda Naïma Samia Djamila Houria Farida Karima Latifa Nacera Souad Zahia",
        "Samira Sabrina Nadia Karima Fatima Leïla Sonia Samia Nora Linda Hanane Sarah Inès Naïma Yasmina Asma Souad Amel Myriam Khadija Soraya Hafida Nawel Siham Imane",
        "Inès Sarah Lina Yasmine Nour Assia Aya Sofia Jannah Amina Maryam Fatima Hafsa Imane Kenza Myriam Safia Salma Soumaya Syrine Rania Meriem Aïcha Camélia Lyna Chaïma Manel Israa",
    ]

    static let maghrebMaleGiven = [
        "Mohamed Ahmed Ali Amar Rabah Tahar Saïd Lakhdar Abdelkader Belkacem Larbi Mohand Salah Bachir Messaoud",
        "Mohamed Ahmed Ali Abdelkader Rachid Saïd Mustapha Hassan Omar Brahim Youcef Kamel Abdallah Mohammed Hocine Lahcen Boualem Mokhtar Slimane Abderrahmane",
        "Mohamed Karim Mehdi Sofiane Samir Farid Nabil Rachid Youssef Yassine Ahmed Bilal Mourad Nordine Hakim Kamel Walid Khalid Amine Jamel Fouad Toufik Riad Hicham Redouane",
        "Mohamed Adam Rayan Yanis Ibrahim Amine Imran Ismaël Ayoub Yassine Bilal Ilyès Mehdi Sofiane Youssef Ali Wassim Nassim Anis Hamza Walid Zakaria Idriss Younes Kaïs Souleymane Marwan Ilyan",
    ]

    static let iberianSurnames = """
        Da_Silva Dos_Santos Ferreira Pereira Rodrigues Fernandes Gonçalves Lopes Martins De_Oliveira
        Alves Gomes Teixeira Ribeiro Marques Da_Costa Pinto Carvalho De_Sousa Dias Correia Mendes
        Soares Vieira Moreira Cardoso Rocha Nunes Monteiro Antunes Garcia Martinez Lopez Sanchez
        Perez Fernandez Rodriguez Gonzalez Gomez Ruiz Hernandez Navarro Torres Moreno Ortega Rossi
        Ferrari Russo Romano Colombo Ricci Marino Greco Bruno Conti Costa Giordano Mancini Lombardi
        Barbieri Moretti Esposito Bianchi De_Luca Rinaldi Caruso Santoro Fabbri Mariani Nowak
        Kowalski Wisniewski Kaczmarek Lewandowski Wojcik Zielinski Szymanski Piotrowski
        """

    static let africanSurnames = """
        Diallo Traoré Coulibaly Diarra Keïta Camara Touré Koné Cissé Konaté Sidibé Dembélé Bah Barry
        Sow Ba Diop Ndiaye Fall Sarr Sy Gueye Faye Diouf Seck Thiam Sissoko Sacko Fofana Kanté Doucouré
        Soumaré Bathily Gassama Niang Mbaye Kouassi Kouamé Yao Koffi Konan Ouattara Bamba Mbemba
        Makiese Kabongo Ilunga Mukendi Nkounkou Loemba Moukoko Mbarga Ngo Nguema Essono Tchoumi
        Rakotomalala Rakotonirina Randria Andriamanana Nguyen Tran Le Pham Phan Huynh Vo Chen Wang Li
        Zhang Liu Yilmaz Kaya Demir Çelik Yildiz Aydin Öztürk Arslan Dogan Kiliç Aslan Çetin Kara Koç
        """

    static let africanSurnameTail = SurnameTail(families: [
        (
            stems:
                "Mba Ngu Kou Sou Ma Ba Ndo Dia Ka Mou Ou Tchou Bou Lou Nko Ka Sa Yo Dje Fo Ga Gnan Zo Kon Ta Do Nia",
            endings:
                "ssa mba ré katé yi ndou keu dié gou maré nga bi ko lo ta yé no dou bé lé ngo ssi mou na gnon rou wara dogo"
        )
    ])

    static let africanFemaleGiven = [
        "Fatou Aminata Mariam Awa Marie Jeanne Hawa Coumba Adama Thérèse Thi",
        "Fatou Aminata Mariam Awa Fatoumata Marie Hawa Coumba Kadiatou Ramata Bintou Thi Fatma Ayse Emine",
        "Fatou Aminata Mariam Fatoumata Awa Aïssatou Kadiatou Oumou Assa Sira Grâce Christelle Mélanie Elif Linh",
        "Fatoumata Aïssatou Mariam Aminata Awa Inaya Assia Maïmouna Kadidiatou Grâce Divine Naomi Oumou Zeynep Elif Linh Emma",
    ]

    static let africanMaleGiven = [
        "Mamadou Moussa Amadou Ibrahima Jean Joseph Paul Oumar Bakary Samba Mehmet Van",
        "Mamadou Moussa Amadou Ibrahima Ousmane Abdoulaye Boubacar Jean Joseph Issa Oumar Cheikh Mehmet Mustafa Van",
        "Mamadou Moussa Ibrahima Amadou Ousmane Abdoulaye Cheikh Issa Boubacar Oumar Souleymane Christian Patrick Mehmet Minh",
        "Ibrahim Mamadou Moussa Mohamed Issa Amadou Souleymane Ousmane Cheikh Abdoulaye Bakary Noah Nathan David Samuel Emre Enzo",
    ]

    static let nicknames = """
        Alexandre=Alex Alexandra=Alex Frédéric=Fred Christophe=Chris Sébastien=Seb Stéphanie=Steph
        Nicolas=Nico Benjamin=Ben Thomas=Tom Mathieu=Mat Maxime=Max Catherine=Cathy Patricia=Pat
        Philippe=Phil Dominique=Dom Isabelle=Isa Véronique=Véro Valérie=Val Nathalie=Nath
        Élisabeth=Babette Jacqueline=Jackie Micheline=Mimi Jean-Pierre=Jean,Pierrot Gérard=Gé
        Emmanuel=Manu Emmanuelle=Manu Grégory=Greg Jonathan=Jo Anthony=Tony Antoine=Toine
        Laetitia=Laeti Caroline=Caro Charlotte=Charlie Joséphine=José Margaux=Margot Benoît=Ben
        Vincent=Vince Théodore=Théo Augustin=Gus Gabriel=Gab Gabrielle=Gaby Mohamed=Momo Mickaël=Mika
        Jean-Claude=Jean,Claude Marie-Thérèse=Marie,Maïté Anne-Marie=Anne,Annie
        Jean-Luc=Jean,Luc Jean-Paul=Jean,Paul Jean-Michel=Jean,Michel Marie-Christine=Marie,Christine
        """

    static let abbreviations = """
        Jean-Pierre=J.-P. Jean-Claude=J.-C. Jean-Luc=J.-L. Jean-Paul=J.-P. Jean-Marc=J.-M.
        Jean-Michel=J.-M. Jean-François=J.-F. Jean-Louis=J.-L. Jean-Jacques=J.-J. Jean-Yves=J.-Y.
        Jean-Marie=J.-M. Marie-Thérèse=M.-Th. Marie-Christine=M.-C. Marie-Claude=M.-C. Anne-Marie=A.-M.
        Christophe=Chr. Mohamed=Md Philippe=Ph. Thérèse=Th. Frédéric=Fréd.
        """
}
