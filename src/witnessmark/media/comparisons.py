"""Where the descriptor of a corner looks: 128 comparisons of two pixels each, chosen so that they tell pictures apart.

Chosen as ORB chose its own (Rublee et al. 2011, section 4.3): of 6,000 pairs of pixels drawn within 15 pixels of the corner,
over 15,000 corners of photographs, those whose answer is nearest to even, and little correlated with the ones chosen before
nor with their own mirrored form. Each is mirrored at the axis of the corner's angle, which gives the other 128.
"""

import numpy as np
from numpy.typing import NDArray

REACH = 15  # pixels from the corner, at most

_CHOSEN = """
080c07170a0e0a1417131b18150814121706150d190d1f101a141d0c120c14021d161a110c190d0d071c0b141306120e
160415190f0c0f070211060e160d1817180f1a130a0f061b070f060a191c171802130713031004150c040d1a10051014
18161b07050e02140b030d110f0f0f030e0e0e0a0b1509051b0b1d0f0d140b1d131c120a081504191e0c1e10151d130e
030a07161017101c100e10140b070c0d0a160b101207130319161e15081407191a1b1710031409100b18091d04140407
12191202050a090c19091910150f19090317081718131a0f1304151e0a080a1d0513050f0310070b160f16131905180b
1a191c0c1c191c120612090f0315051917051715170a1b09160e1c0b0718071c1904161b0e170f0c0f181004071c0607
181b1b08191a1d17160e1d13150a17150d1e0d1819191a140e160b020d020f1c1a051414060a0b0f071208170c190b09
040e090c1210140b131e100f040708050310060607090a191318150705070c14160c1d0e1511151917081e121106131b
050b08080e1c1009141a150b1605170a06180a18110913191203101f090f0a1a0a040a0a0c04091c090a0c160b180e10
17181c1306120a0a1516151e121111070d130c0f020c0804030b091b0e1a0b1e120a150609140c0e0d080f1914081806
0b0c0c1e08140a190e1e0c05101c12081512191118041c121411190d16181a0e
"""


def comparisons() -> NDArray[np.int64]:
    """The ends of each comparison, of a corner whose angle is 0: (2 ends, 256 comparisons, x and y)."""
    half = np.frombuffer(bytes.fromhex(_CHOSEN), np.uint8).astype(np.int64).reshape(128, 2, 2) - 16
    return np.concatenate([half, half * (1, -1)]).transpose(1, 0, 2)
